package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a killed process cannot show: that the system was asked to force what was acknowledged, and in which order. */
class OrderTest {
    private static final int ROWS = 600;
    private static final String CALLS = "open,openat,close,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,"
            + "link,linkat,rename,renameat,renameat2,mkdir,mkdirat";

    private static Path home;
    private static List<SystemCall> calls;

    @BeforeAll
    static void trace() throws Exception {
        Needs.strace();
        Seawall seawall = Seawall.at("order");
        home = seawall.home().toRealPath();
        seawall.configure(
                "org.seawall.log~default.cfg.json",
                "{ \"wal.url\": \"file:" + home + "/wal\", \"segmentBytes\": 65536, \"snapshotBytes\": 100000 }");
        seawall.configure("org.seawall.filesystem.local~small.cfg.json", "{ \"reserveBytes\": 4096 }");
        Gate begin = Gate.at(seawall.file("begin.jsonl"));
        Path rows = rows(seawall.file("rows.jsonl"));
        seawall.run(Gate.CREATE).assertOk();
        Running running = seawall.start(
                "wal:list",
                begin.command(),
                "wal:create v --payloads",
                "wal:ingest v " + rows + " --batch 3 --in-flight 16 --ack-log " + home.resolve("acks"),
                "wal:snapshot v",
                "wal:create w --payloads",
                "wal:drop w");
        running.awaitOutput("gate");
        Path trace = seawall.file("trace");
        Strace strace = Strace.attach(running.process(), trace, "-v", "-s", "200000", "-e", "trace=" + CALLS);
        try (strace) {
            begin.open();
            running.awaitEnd().assertOk();
        }
        calls = SystemCall.read(trace);
    }

    private static Path rows(Path file) throws IOException {
        return Files.writeString(
                file,
                IntStream.range(0, ROWS)
                        .mapToObj(row -> String.format(
                                "{\"id\":\"row-%06d.\",\"payload\":\"%s\"}%n",
                                row,
                                Base64.getEncoder()
                                        .encodeToString("x".repeat(400).getBytes(StandardCharsets.US_ASCII))))
                        .collect(Collectors.joining()));
    }

    private static OrderTrace all() {
        return without(call -> false);
    }

    private static OrderTrace without(Predicate<SystemCall> missing) {
        return new OrderTrace(
                home.resolve("wal").toString(),
                home.resolve("acks").toString(),
                calls.stream().filter(missing.negate()).toList());
    }

    @Test
    void everyBatchIsForcedBeforeItIsAcknowledged() {
        assertEquals(ROWS / 3, all().acknowledged());
        assertEquals(List.of(), all().acknowledgedUnforced());
    }

    @Test
    void everyDirectoryIsForcedBeforeSomethingIsAcknowledgedThatNeedsItsNames() {
        assertTrue(all().named() > 20, "few names: " + all().named());
        assertEquals(List.of(), all().acknowledgedUnnamed());
        assertEquals(List.of(), all().namesNeverForced());
    }

    @Test
    void everyFileIsForcedBeforeItIsNamed() {
        assertEquals(List.of(), all().namedUnforced());
    }

    @Test
    void nothingIsArchivedBeforeTheSnapshotIsDurable() {
        assertEquals(List.of(), all().archivedBeforeTheSnapshot());
    }

    /** The same trace as of a file system that forces less: each is found out. */
    @Test
    void aForceThatIsLeftOutIsFoundOut() {
        assertFalse(without(call -> call.name().equals("fdatasync"))
                .acknowledgedUnforced()
                .isEmpty());
        assertFalse(without(call -> call.name().equals("fsync"))
                .acknowledgedUnnamed()
                .isEmpty());
        assertFalse(without(SystemCall::forces).namedUnforced().isEmpty());
        assertFalse(without(call -> call.name().equals("fsync") && call.file().endsWith("/snapshots"))
                .archivedBeforeTheSnapshot()
                .isEmpty());
        assertFalse(without(call -> call.name().equals("fsync") && call.file().endsWith("/incremental"))
                .namesNeverForced()
                .isEmpty());
    }
}
