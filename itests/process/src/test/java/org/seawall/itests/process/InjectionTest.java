package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * System calls that fail in a process that writes: nothing more is acknowledged, the status says why, and when the calls
 * work again the log goes on by itself, with everything that was acknowledged and nothing twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class InjectionTest {
    private static final boolean ALL = Boolean.getBoolean("faults.all");

    @BeforeAll
    static void need() {
        Needs.strace();
    }

    static Stream<Fault> faults() {
        Stream<Fault> some = Stream.of(
                new Fault("fdatasync", "EIO", 3, Fault.ACTIVE),
                new Fault("writev", "ENOSPC", 12, Fault.ACTIVE),
                new Fault("rename", "EIO", 1, Fault.ACTIVE),
                new Fault("fsync", "EIO", 1, Fault.DIRECTORY));
        return ALL ? Stream.concat(some, more()) : some;
    }

    private static Stream<Fault> more() {
        Stream<Fault> commits = Stream.of(1, 2, 8, 21)
                .flatMap(nth -> Stream.of(
                        new Fault("fdatasync", "ENOSPC", nth, Fault.ACTIVE),
                        new Fault("fdatasync", "EIO", nth, Fault.ACTIVE),
                        new Fault("writev", "EIO", nth, Fault.ACTIVE)));
        Stream<Fault> rolls = Stream.of(
                new Fault("ftruncate", "EIO", 1, Fault.ACTIVE),
                new Fault("openat", "ENOSPC", 1, Fault.NEXT),
                new Fault("writev", "ENOSPC", 1, Fault.NEXT),
                new Fault("fdatasync", "EIO", 1, Fault.NEXT),
                new Fault("rename", "EIO", 1, Fault.NEXT),
                new Fault("fsync", "EIO", 2, Fault.DIRECTORY),
                new Fault("fsync", "EIO", 3, Fault.DIRECTORY),
                new Fault("fsync", "EIO", 4, Fault.DIRECTORY),
                new Fault("fsync", "EIO", 1, "segments"),
                new Fault("fsync", "ENOSPC", 2, "segments"));
        return Stream.concat(commits, rolls);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsAcknowledgedAfterAFailureAndTheLogRecoversByItself(Fault fault) throws Exception {
        try (Interrupted ingest = Interrupted.begin("inject-" + fault)) {
            String[] options = fault.options(ingest.directory()).toArray(String[]::new);
            Path trace = ingest.seawall().file("trace");
            Strace strace = Strace.attach(ingest.running().process(), trace, options);
            JsonNode failed;
            try (strace) {
                failed = ingest.untilItFails();
            }
            assertPoisoned(trace);
            assertTrue(
                    failed.get("detail").textValue().contains(fault.words()) || ingest.hasRecovered(),
                    failed::toString);
            assertTrue(failed.get("state").textValue().equals("failed") || ingest.hasRecovered(), failed::toString);
            String said = ingest.error();
            assertTrue(said.startsWith("wal:ingest: ") && said.contains(fault.words() + "; "), said);
            ingest.resume(failed.get("activeSegment").longValue());
        }
    }

    static Stream<Fault> catalogFaults() {
        Stream<Fault> some = Stream.of(new Fault("fsync", "EIO", 2, "catalog"));
        Stream<Fault> more = Stream.of(
                new Fault("fsync", "EIO", 1, "catalog"),
                new Fault("writev", "ENOSPC", 1, "catalog"),
                new Fault("link", "EIO", 1, "catalog"),
                new Fault("link", "ENOSPC", 1, "catalog"));
        return ALL ? Stream.concat(some, more) : some;
    }

    /** A change is a file of its own: written, forced, linked to its name, and the directory is forced. */
    @ParameterizedTest
    @MethodSource("catalogFaults")
    void aChangeOfTheCatalogFailsAndTheCatalogGoesOnByItself(Fault fault) throws Exception {
        Seawall seawall = Seawall.at("inject-" + fault);
        try (Conversation talk = Conversation.start(
                seawall,
                seawall.file("data/wal"),
                List.of("wal:update v --owner never"),
                List.of("wal:update v --owner sea", "wal:append v after --payload x"))) {
            String[] options = fault.options().toArray(String[]::new);
            Strace strace = Strace.attach(talk.running().process(), seawall.file("trace"), options);
            JsonNode status;
            try (strace) {
                status = talk.failing();
            }
            assertTrue(status.get("detail").textValue().contains(fault.words()) || goesOn(seawall), status::toString);
            String said = talk.running().complaints().toString();
            assertTrue(said.startsWith("[wal:update: ") && said.contains(fault.words()), said);
            talk.running().awaitWhileAlive("the catalog goes on", () -> goesOn(seawall));
            assertEquals(List.of("before", "after"), talk.working());
            assertTrue(seawall.run("wal:describe v").assertOk().out().toString().contains("sea"));
        }
    }

    private static boolean goesOn(Seawall seawall) {
        return seawall.loggedTimes("catalog goes on") > 0;
    }

    /** Nothing is written or forced through the descriptor for which a write or force has failed. */
    private static void assertPoisoned(Path trace) throws Exception {
        List<SystemCall> calls = SystemCall.read(trace);
        SystemCall failure =
                calls.stream().filter(SystemCall::injected).findFirst().orElseThrow();
        if (failure.descriptor() < 0) {
            return;
        }
        List<SystemCall> after = calls.stream()
                .filter(call -> failure.before(call) && call.descriptor() == failure.descriptor())
                .takeWhile(call -> !call.name().equals("close"))
                .toList();
        assertEquals(List.of(), after);
    }
}
