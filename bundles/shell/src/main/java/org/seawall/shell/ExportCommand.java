package org.seawall.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seawall.LiveScan;
import org.seawall.LoggedEntry;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:export} */
@Command(
        name = "wal:export",
        description = {
            "Writes all live entries of a collection into a file, as they are at this moment: what is in the log and what",
            "was flushed, in the order of sequences. The file has its name when it is whole and durable."
        },
        footer = {
            "",
            "Files: .jsonl and, with the bundle org.seawall.viper, .parquet, which wal:ingest reads back without a",
            "difference; .fvecs and .npy, which hold vectors and nothing else; and what other bundles write.",
            "",
            "Examples:",
            "  wal:export digits digits.jsonl",
            "  wal:export digits digits.parquet --replace"
        })
final class ExportCommand implements ShellCommand {
    private static final int ENTRIES_PER_LOOK = 256;

    @Mixin
    private final Target target;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(names = "--replace", description = "A file that is there already is replaced.")
    private boolean replace;

    private final FileKinds kinds;

    ExportCommand(Logs logs, FileKinds kinds) {
        this.target = new Target(logs);
        this.kinds = kinds;
    }

    @Override
    public void run(Output out) throws IOException, InterruptedException {
        WriteAheadLog log = target.log();
        CollectionSpec spec = target.find(log).spec();
        if (Files.exists(file) && !replace) {
            throw new IllegalArgumentException("file is there already, say --replace or another name, file=" + file);
        }
        String unit = spec.holdsPayloads() ? "entries" : "vectors";
        Progress progress = new Progress(out, new Progress.Work(0, 0, unit), System::nanoTime);
        try (LiveScan scan = log.scan(target.name());
                EntryOutput output = kinds.of(file).create(file, spec)) {
            long rows = export(scan, output, progress);
            long bytes = output.finish();
            String lost = FileKinds.onlyVectors(file) ? "; ids, metadata and payloads are not in it" : "";
            out.line("exported " + progress.total(rows, bytes) + ", up to sequence " + scan.sequence() + ", into "
                    + file + ", " + bytes + " bytes" + lost);
        } finally {
            progress.end();
        }
    }

    private long export(LiveScan scan, EntryOutput output, Progress progress) throws IOException, InterruptedException {
        long rows = 0;
        for (Optional<LoggedEntry> entry = scan.next(); entry.isPresent(); entry = scan.next()) {
            output.add(entry.get());
            rows++;
            if (rows % ENTRIES_PER_LOOK == 0) {
                progress.show(rows, output.bytes(), "");
                if (Thread.interrupted()) {
                    throw new InterruptedException("broken off, nothing was written, file=" + file);
                }
            }
        }
        return rows;
    }
}
