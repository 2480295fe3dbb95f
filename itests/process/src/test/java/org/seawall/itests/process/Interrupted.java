package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of rows that a process ingests until its storage fails, and again when it has recovered. The process waits at two
 * gates: before it begins, and before it resumes.
 */
record Interrupted(Seawall seawall, Path directory, Rows rows, AckLog acks, Running running, Gate begin, Gate resume)
        implements AutoCloseable {
    private static final int BATCH = 20;
    private static final int ROWS = 4_000;
    private static final Pattern BEFORE = Pattern.compile(".*, ([0-9]+) rows were in before");

    static Interrupted begin(String home) throws IOException, InterruptedException {
        Seawall seawall = Seawall.at(home);
        return begin(seawall, seawall.file("data/wal"), ROWS);
    }

    /** Returns when the process waits at the first gate. */
    static Interrupted begin(Seawall seawall, Path log, int count) throws IOException, InterruptedException {
        // a batch for each group: when one fails others wait behind it
        seawall.configure(
                "org.seawall.log~default.cfg.json",
                "{ \"wal.url\": \"file:" + log
                        + "\", \"segmentBytes\": 65536, \"groupBytes\": 4096, \"commitThreads\": 1 }");
        Rows rows = new Rows(seawall.file("rows.fvecs"), 32);
        rows.growTo(count);
        AckLog acks = new AckLog(seawall.file("acks"), BATCH);
        Gate begin = Gate.at(seawall.file("begin.jsonl"));
        Gate resume = Gate.at(seawall.file("resume.jsonl"));
        String ingest = "wal:ingest v " + rows.file() + " --batch " + BATCH + " --ack-log " + acks.file();
        assertEquals(
                Outcome.OK,
                seawall.run("wal:create v --dimension " + rows.dimension()).status());
        Path directory = Seawall.onlyCollection(log);
        Running running = seawall.start(
                Gate.CREATE,
                begin.command(),
                ingest,
                "wal:status --json",
                resume.command(),
                ingest + " --resume",
                "wal:tail v --json",
                "wal:status --json");
        running.awaitOutput("created gate");
        return new Interrupted(seawall, directory, rows, acks, running, begin, resume);
    }

    /** What the status says of the collection when the ingest has failed. */
    JsonNode untilItFails() throws IOException {
        begin.open();
        return Printed.status(running.awaitStatus(1));
    }

    /** The one line that the command has said on its standard error. */
    String error() {
        assertEquals(1, running.complaints().size(), () -> running.complaints().toString());
        return running.complaints().get(0);
    }

    boolean hasRecovered() {
        return seawall.logged("collection recovered after a failure, collection=v");
    }

    /** Waits until the log has recovered by itself, ingests the rest, and holds that all is there, each row once. */
    void resume(long failedSegment) throws IOException, InterruptedException {
        running.awaitWhileAlive("it recovered", this::hasRecovered);
        long acknowledged = Files.exists(acks.file()) ? acks.lastSequence() : 0;
        assertTrue(acknowledged < rows.count(), "all was acknowledged");
        resume.open();
        assertEquals(Outcome.FAILED, running.awaitStatus());
        Printed printed = Printed.by(running, rows);
        assertEquals(rows.count(), printed.entries());
        assertEquals(rows.count(), acks.lastSequence());

        long recovered = printed.lines().stream()
                .map(BEFORE::matcher)
                .filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst()
                .orElse(0);
        assertTrue(recovered >= acknowledged, "acknowledged=" + acknowledged + ", recovered=" + recovered);
        assertEquals(0, recovered % BATCH, "a batch is there in part, recovered=" + recovered);
        JsonNode last = printed.statuses().get(1);
        assertEquals("open", last.get("state").textValue());
        assertTrue(last.get("activeSegment").longValue() > failedSegment, last::toString);
    }

    /** A process that still waits, since its test has failed, goes. */
    @Override
    public void close() {
        running.process().destroyForcibly();
    }
}
