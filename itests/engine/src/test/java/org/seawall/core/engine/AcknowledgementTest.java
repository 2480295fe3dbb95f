package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;
import org.seawall.testkit.Storage;

/** When a batch of each level is acknowledged, forced and seen. */
class AcknowledgementTest {
    private static final int SYNC_MILLIS = 1_000;

    private final Storage storage = Storage.inMemory();
    private final FaultyFileSystem process = new FaultyFileSystem(storage.files(), 0);
    private final HeldTime time = new HeldTime();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private volatile EngineSettings settings = settings(1 << 20, Visibility.DURABLE);

    private static EngineSettings settings(long groupBytes, Visibility visibility) {
        return new EngineSettings(1 << 20, 0, groupBytes, 1, SYNC_MILLIS, visibility, Retention.DEFAULT);
    }

    private BatchLog log(Executor commits) throws IOException {
        Clock clock = Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC);
        Backend backend = new Backend(process, new AppendStrategy(), Logs.AVRO, List.of(Logs.AVRO), clock);
        Session session =
                new Session(backend, settings, commits, "test").with(time).with(() -> settings);
        return BatchLog.create(session, LogLayout.collection("c1", storage.directory(), Logs.FOUNDED));
    }

    private static Appended append(BatchLog log, Acknowledgement level, String id) {
        Entry entry = Entry.vector(id, 1, 2).withPayload(new byte[500]);
        return log.append(Logs.AVRO.encode(List.of(entry), 1), level);
    }

    @Test
    void aPeriodicAppendIsForcedWhenItsTimeIsOver() throws IOException {
        try (BatchLog log = log(Runnable::run)) {
            Appended first = append(log, Acknowledgement.PERIODIC, "a");
            time.pass(SYNC_MILLIS - 1);
            Appended second = append(log, Acknowledgement.PERIODIC, "b");
            assertEquals(new SequenceRange(1, 1), first.acknowledged().join());
            assertEquals(new SequenceRange(2, 2), second.acknowledged().join());
            assertFalse(first.durable().isDone(), "forced before its time");
            assertEquals(List.of(), Logs.ids(log));
            time.pass(1);
            assertTrue(first.durable().isDone() && second.durable().isDone(), "not forced when the time was over");
            assertEquals(List.of("a", "b"), Logs.ids(log));
        }
    }

    @Test
    void theTimeBeginsAnewBehindAForce() throws IOException {
        try (BatchLog log = log(Runnable::run)) {
            append(log, Acknowledgement.PERIODIC, "a");
            time.pass(SYNC_MILLIS / 2);
            append(log, Acknowledgement.DURABLE, "b");
            Appended later = append(log, Acknowledgement.PERIODIC, "c");
            time.pass(SYNC_MILLIS / 2);
            assertFalse(later.durable().isDone(), "forced before its time");
            time.pass(SYNC_MILLIS / 2);
            assertTrue(later.durable().isDone());
            assertEquals(0, time.waiting(), "tasks left");
        }
    }

    @Test
    void aDurableAppendForcesWhatIsBeforeIt() throws IOException {
        try (BatchLog log = log(Runnable::run)) {
            Appended before = append(log, Acknowledgement.PERIODIC, "a");
            append(log, Acknowledgement.DURABLE, "b").acknowledged().join();
            assertTrue(before.durable().isDone());
            assertEquals(List.of("a", "b"), Logs.ids(log));
        }
    }

    @Test
    void whatIsNotForcedStaysWithinOneGroup() throws IOException {
        settings = settings(2_000, Visibility.DURABLE);
        try (BatchLog log = log(Runnable::run)) {
            for (int i = 0; i < 10; i++) {
                append(log, Acknowledgement.PERIODIC, "a" + i);
                int unseen = i + 1 - Logs.ids(log).size();
                assertTrue(unseen <= 3, "batches without a force: " + unseen);
            }
        }
    }

    @Test
    void rollSnapshotAndCloseForceWhatIsBeforeThem() throws IOException {
        BatchLog log = log(Runnable::run);
        append(log, Acknowledgement.PERIODIC, "a");
        log.roll();
        assertEquals(List.of("a"), Logs.ids(log));
        append(log, Acknowledgement.PERIODIC, "b");
        assertEquals(2, log.snapshot());
        assertEquals(List.of("a", "b"), Logs.ids(log));
        Appended last = append(log, Acknowledgement.PERIODIC, "c");
        log.close();
        assertTrue(last.durable().isDone());
    }

    @Test
    void immediateVisibilityShowsWhatIsWrittenAndASettingTakesEffectAtOnce() throws IOException {
        try (BatchLog log = log(Runnable::run)) {
            append(log, Acknowledgement.PERIODIC, "a");
            assertEquals(List.of(), Logs.ids(log));
            settings = settings(1 << 20, Visibility.IMMEDIATE);
            Appended second = append(log, Acknowledgement.PERIODIC, "b");
            assertEquals(List.of("a", "b"), Logs.ids(log));
            assertFalse(second.durable().isDone());
            settings = settings(1 << 20, Visibility.DURABLE);
            append(log, Acknowledgement.PERIODIC, "c");
            assertEquals(List.of("a", "b"), Logs.ids(log));
            time.pass(SYNC_MILLIS);
            assertEquals(List.of("a", "b", "c"), Logs.ids(log));
        }
    }

    @Test
    void aMemoryAppendIsAcknowledgedInItsPlaceBeforeAnythingIsWritten() throws IOException {
        try (BatchLog log = log(this::holdOrRun)) {
            holding = true;
            int operations = process.history().size();
            Appended durable = append(log, Acknowledgement.DURABLE, "a");
            Appended memory = append(log, Acknowledgement.MEMORY, "b");
            assertEquals(new SequenceRange(2, 2), memory.acknowledged().join());
            assertFalse(durable.acknowledged().isDone());
            assertEquals(operations, process.history().size());
            letGo();
            assertEquals(new SequenceRange(1, 1), durable.acknowledged().join());
            assertTrue(memory.durable().isDone());
            assertEquals(List.of("a", "b"), Logs.ids(log));
        }
    }

    @Test
    void afterAFailureNoLevelIsAcknowledged() throws IOException {
        BatchLog log = log(this::holdOrRun);
        holding = true;
        Appended early = append(log, Acknowledgement.MEMORY, "a");
        assertTrue(early.acknowledged().isDone());
        process.failAt(1, Moment.BEFORE);
        letGo();
        assertThrows(RuntimeException.class, () -> early.durable().join());
        assertTrue(log.failure().isPresent());
        for (Acknowledgement level : Acknowledgement.values()) {
            Appended later = append(log, level, "b");
            assertThrows(RuntimeException.class, () -> later.acknowledged().join(), level::toString);
        }
        assertEquals(List.of(), Logs.ids(log));
        log.close();
    }

    @Test
    void aFailedForceBehindAWrittenBatchEndsTheWriting() throws IOException {
        BatchLog log = log(Runnable::run);
        Appended periodic = append(log, Acknowledgement.PERIODIC, "a");
        process.failAt(1, Moment.BEFORE);
        time.pass(SYNC_MILLIS);
        assertThrows(RuntimeException.class, () -> periodic.durable().join());
        assertTrue(log.failure().isPresent(), "a failed force was not noticed");
        assertEquals(List.of(), Logs.ids(log), "seen, and not forced");
        assertThrows(SeawallException.class, log::roll);
        log.close();
    }

    @Test
    void whereEveryGroupIsASegmentEveryLevelIsDurable() throws IOException {
        Backend backend = new Backend(
                process,
                new ObjectStrategy(),
                Logs.AVRO,
                List.of(Logs.AVRO),
                Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC));
        Session session = new Session(backend, settings, Runnable::run, "test").with(time);
        Location directory = storage.directory();
        try (BatchLog log = BatchLog.create(session, LogLayout.collection("c1", directory, Logs.FOUNDED))) {
            assertTrue(append(log, Acknowledgement.PERIODIC, "a").durable().isDone());
            assertEquals(List.of("a"), Logs.ids(log));
            assertEquals(0, time.waiting());
        }
    }

    private boolean holding;

    private void holdOrRun(Runnable commit) {
        if (holding) {
            held.add(commit);
        } else {
            commit.run();
        }
    }

    private void letGo() {
        holding = false;
        while (!held.isEmpty()) {
            held.poll().run();
        }
    }
}
