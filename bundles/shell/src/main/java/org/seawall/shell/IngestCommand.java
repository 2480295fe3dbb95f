package org.seawall.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.seawall.CollectionStatus;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:ingest} */
@Command(
        name = "wal:ingest",
        description = "Appends the rows of a file. What was acknowledged before an error stays in.",
        footer = {
            "",
            "Files: .fvecs, .npy (two dimensions, <f4 or <f8, C order) with the row's number from 0 as id;",
            ".jsonl with an object each: id, vector, payload (base64), metadata, timestamp, expiresAt;",
            ".parquet, with the bundle org.seawall.viper; and what other bundles read.",
            "",
            "Examples:",
            "  wal:ingest digits base.fvecs --batch 500",
            "  wal:ingest digits base.fvecs --ack-log acks.txt --resume"
        })
final class IngestCommand implements ShellCommand {
    private static final int MAX_BATCH = 100_000;
    private static final int MAX_IN_FLIGHT = 10_000;

    @Mixin
    private final Target target;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Rows in a batch, 1 to 100000 (default: ${DEFAULT-VALUE}). A batch is in whole or not at all.")
    private int batch;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "8",
            description = "Batches on their way at once (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(
            names = "--ack-log",
            paramLabel = "FILE",
            description = "Add a line 'first last' for each batch once it is acknowledged, forced to the disk.")
    private Optional<Path> ackLog = Optional.empty();

    @Mixin
    private final AckLevel ack = new AckLevel();

    @Option(names = "--resume", description = "Go on behind the row that is the collection's newest entry.")
    private boolean resume;

    @Option(
            names = "--full-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to retry while the log is full (default: ${DEFAULT-VALUE}).")
    private int fullTimeoutSeconds;

    private final FileKinds kinds;

    IngestCommand(Logs logs, FileKinds kinds) {
        this.target = new Target(logs);
        this.kinds = kinds;
    }

    @Override
    public void run(Output out) throws IOException, InterruptedException {
        checkRange("batch", batch, MAX_BATCH);
        checkRange("in-flight", inFlight, MAX_IN_FLIGHT);
        WriteAheadLog log = target.log();
        CollectionSpec spec = target.find(log).spec();
        try (EntryInput reader = kinds.of(file).open(file, spec)) {
            if (resume) {
                Optional<Entry> newest = newest(log);
                if (newest.isPresent()) {
                    reader.skipThrough(newest.get());
                }
            }
            ingest(out, log, reader, spec.holdsPayloads() ? "entries" : "vectors");
        }
    }

    private void ingest(Output out, WriteAheadLog log, EntryInput reader, String unit)
            throws IOException, InterruptedException {
        long skipped = reader.rows();
        Progress progress =
                new Progress(out, new Progress.Work(reader.size(), reader.position(), unit), System::nanoTime);
        Ingest.Plan plan = new Ingest.Plan(batch, inFlight, Duration.ofSeconds(fullTimeoutSeconds), ack);
        Acknowledged in;
        try (AckLog list = ackLog.isPresent() ? AckLog.open(ackLog.get()) : null) {
            in = new Ingest(log, target.name(), plan, progress, Optional.ofNullable(list)).run(reader);
        }
        String before = skipped == 0 ? "" : ", " + skipped + " rows were in before";
        out.line(
                in.rows() == 0
                        ? "ingested 0 " + unit + before
                        : "ingested " + progress.total(in.rows(), in.position()) + ", " + in.sequences() + ", "
                                + ack.words(log, target.name()) + before);
    }

    private Optional<Entry> newest(WriteAheadLog log) {
        long last = log.status().collections().stream()
                .filter(one -> one.name().equals(target.name()))
                .mapToLong(CollectionStatus::lastSequence)
                .findFirst()
                .orElse(0);
        if (last == 0) {
            return Optional.empty();
        }
        try (LogReader reader = log.read(target.name(), last)) {
            return reader.poll().map(LoggedEntry::entry);
        }
    }

    private static void checkRange(String name, int value, int limit) {
        if (value < 1 || value > limit) {
            throw new IllegalArgumentException(
                    name + " out of range, expected 1 to " + limit + ", " + name + "=" + value);
        }
    }
}
