package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.all;
import static org.seawall.core.engine.Logs.batch;
import static org.seawall.core.engine.Logs.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.Recovery.Verdict;
import org.seawall.SequenceRange;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;

class BatchLogTest {
    /** The same with another serializer is another class. */
    Logs logs(Path home) {
        return new Logs(home);
    }

    @TempDir
    Path directory;

    private Logs logs;

    @BeforeEach
    void open() {
        logs = logs(directory);
    }

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void whatIsAcknowledgedIsThereAfterReopening() throws Exception {
        try (BatchLog log = logs.create()) {
            assertEquals(new SequenceRange(1, 3), logs.append(log, batch(1, 3)));
            assertEquals(new SequenceRange(4, 4), logs.append(log, batch(2, 1)));
        }
        try (BatchLog log = logs.open()) {
            assertEquals(Verdict.COMPLETE, log.recovery().verdict());
            assertEquals(2, log.epoch());
            assertEquals(ids(batch(1, 3), batch(2, 1)), ids(log));
            assertEquals(new SequenceRange(5, 5), logs.append(log, batch(3, 1)));
        }
        try (BatchLog log = logs.open()) {
            assertEquals(ids(batch(1, 3), batch(2, 1), batch(3, 1)), ids(log));
            assertEquals(3, log.epoch());
        }
    }

    @Test
    void theNewestVersionWinsAndADeletedIdIsNotFound() throws Exception {
        try (BatchLog log = logs.create()) {
            logs.append(log, Entry.vector("a", 1), Entry.vector("a", 2), Entry.vector("b", 3));
            logs.append(log, Entry.delete("b"), Entry.vector("c", 4));
        }
        try (BatchLog log = logs.open()) {
            assertEquals(
                    Entry.vector("a", 2).withTimestamp(java.time.Instant.ofEpochMilli(1)),
                    log.memtable().get("a", 0).orElseThrow().entry());
            assertEquals(Optional.empty(), log.memtable().get("b", 0));
            assertEquals(2, log.memtable().liveEntries());
            assertEquals(5, all(log).size());
        }
    }

    @Test
    void batchesThatWaitShareOneForce() throws Exception {
        CountDownLatch firstForceBegins = new CountDownLatch(1);
        CountDownLatch othersAreQueued = new CountDownLatch(1);
        AtomicInteger forces = new AtomicInteger();
        AtomicInteger counting = new AtomicInteger();
        FaultyFileSystem files = new FaultyFileSystem(Logs.files(), 0);
        files.hook(change -> {
            if (change.startsWith("force ") && counting.get() > 0) {
                forces.incrementAndGet();
                firstForceBegins.countDown();
                join(othersAreQueued);
            }
        });
        try (BatchLog log = BatchLog.create(logs.session(files, Logs.SETTINGS), logs.layout())) {
            counting.set(1);
            List<CompletableFuture<SequenceRange>> acks = new ArrayList<>();
            acks.add(log.append(logs.serializer.encode(List.of(batch(0, 1)), 1)));
            join(firstForceBegins);
            for (int i = 1; i <= 50; i++) {
                acks.add(log.append(logs.serializer.encode(List.of(batch(i, 2)), 1)));
            }
            othersAreQueued.countDown();
            CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new)).join();
            counting.set(0);
            assertEquals(2, forces.get());
            assertEquals(new SequenceRange(100, 101), acks.get(50).join());
        }
    }

    @Test
    void nothingIsVisibleBeforeItIsForced() throws Exception {
        CountDownLatch forceBegins = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger armed = new AtomicInteger();
        FaultyFileSystem files = new FaultyFileSystem(Logs.files(), 0);
        files.hook(change -> {
            if (change.startsWith("force ") && armed.get() > 0) {
                forceBegins.countDown();
                join(goOn);
            }
        });
        try (BatchLog log = BatchLog.create(logs.session(files, Logs.SETTINGS), logs.layout())) {
            armed.set(1);
            CompletableFuture<SequenceRange> ack = log.append(logs.serializer.encode(List.of(batch(1, 1)), 1));
            join(forceBegins);
            assertFalse(ack.isDone());
            assertEquals(List.of(), all(log));
            assertEquals(Optional.empty(), log.memtable().get("b1-0", 0));
            goOn.countDown();
            ack.join();
            assertEquals(1, all(log).size());
        }
    }

    @Test
    void segmentsAreSealedBySizeUnderTheNameThatTheirPredecessorGave() throws Exception {
        EngineSettings small = new EngineSettings(400, 0, 1, 4);
        try (BatchLog log = BatchLog.create(logs.session(Logs.files(), small), logs.layout())) {
            for (int i = 0; i < 20; i++) {
                logs.append(log, batch(i, 5));
            }
            assertTrue(log.activeSegment() > 2, () -> "segments=" + log.activeSegment());
        }
        try (Stream<Path> sealed = Files.list(logs.segments())) {
            List<String> names =
                    sealed.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals("wal_00000001_20250628142000.avro", names.get(0));
            assertTrue(names.get(1).matches("wal_00000002_\\d{14}\\.avro"), names.get(1));
        }
        try (BatchLog log = logs.open()) {
            assertEquals(100, log.memtable().lastSequence());
            assertEquals(100, all(log).size());
        }
    }

    @Test
    void rollSealsAndAnEmptySegmentIsKept() throws Exception {
        try (BatchLog log = logs.create()) {
            assertEquals(Optional.empty(), log.roll());
            logs.append(log, batch(1, 1));
            assertEquals(Optional.of("wal_00000001_20250628142000.avro"), log.roll());
            assertEquals(Optional.empty(), log.roll());
            logs.append(log, batch(2, 1));
        }
        try (BatchLog log = logs.open()) {
            assertEquals(ids(batch(1, 1), batch(2, 1)), ids(log));
        }
    }

    @Test
    void afterAFailedForceNothingMoreIsAcknowledgedAndWhatWasIsKept() throws Exception {
        AtomicInteger failing = new AtomicInteger();
        FaultyFileSystem files = new FaultyFileSystem(Logs.files(), 0);
        files.hook(change -> {
            if (change.startsWith("force ") && failing.get() > 0) {
                failing.set(0);
                throw new java.io.IOException("injected");
            }
        });
        BatchLog log = BatchLog.create(logs.session(files, Logs.SETTINGS), logs.layout());
        logs.append(log, batch(1, 2));
        failing.set(1);
        CompletableFuture<SequenceRange> lost = log.append(logs.serializer.encode(List.of(batch(2, 2)), 1));
        assertFails(OutcomeUnknownException.class, lost);
        CompletableFuture<SequenceRange> refused = log.append(logs.serializer.encode(List.of(batch(3, 2)), 1));
        assertFails(LogUnavailableException.class, refused);
        assertThrows(LogUnavailableException.class, log::roll);
        assertThrows(LogUnavailableException.class, log::snapshot);
        assertEquals(ids(batch(1, 2)), ids(log));
        assertTrue(log.failure().isPresent());
        log.close();

        try (BatchLog reopened = logs.open()) {
            assertEquals(ids(batch(1, 2)), ids(reopened).subList(0, 2));
            assertFalse(ids(reopened).contains("b3-0"));
        }
    }

    @Test
    void closingFinishesWhatWasAppended() throws Exception {
        BatchLog log = logs.create();
        List<CompletableFuture<SequenceRange>> acks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            acks.add(log.append(logs.serializer.encode(List.of(batch(i % 100, 3)), 1)));
        }
        log.close();
        assertTrue(acks.stream().allMatch(ack -> ack.isDone() && !ack.isCompletedExceptionally()));
        assertThrows(LogClosedException.class, () -> logs.append(log, batch(1, 1)));
        log.close();
        try (BatchLog reopened = logs.open()) {
            assertEquals(600, all(reopened).size());
        }
    }

    @Test
    void aReaderFollowsAndEndsWithTheLog() throws Exception {
        BatchLog log = logs.create();
        LogReader reader = log.read(1);
        assertEquals(Optional.empty(), reader.poll());
        CompletableFuture<String> followed = CompletableFuture.supplyAsync(() -> {
            try {
                return reader.await(Duration.ofMinutes(1)).orElseThrow().entry().id();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        logs.append(log, batch(7, 1));
        assertEquals("b7-0", followed.join());
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(
                () -> assertThrows(LogClosedException.class, () -> reader.await(Duration.ofMinutes(1))));
        log.close();
        waiting.join();
        assertThrows(LogClosedException.class, reader::poll);
    }

    @Test
    void aSnapshotReplacesWhatItCoversAndTheLogGoesOnBehindIt() throws Exception {
        try (BatchLog log = logs.create()) {
            logs.append(log, Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1));
            log.roll();
            logs.append(log, Entry.vector("b", 2), Entry.delete("c"));
            log.snapshot();
            logs.append(log, Entry.vector("d", 1));
        }
        try (Stream<Path> sealed = Files.list(logs.segments())) {
            assertEquals(0, sealed.count());
        }
        try (BatchLog log = logs.open()) {
            assertEquals(Verdict.COMPLETE, log.recovery().verdict());
            assertEquals(List.of("a", "b", "d"), ids(log));
            assertEquals(
                    List.of(1L, 4L, 6L),
                    all(log).stream().map(e -> e.sequence()).toList());
            assertEquals(new SequenceRange(7, 7), logs.append(log, Entry.vector("e", 1)));
            log.snapshot();
        }
        try (BatchLog log = logs.open()) {
            assertEquals(List.of("a", "b", "d", "e"), ids(log));
            assertEquals(new SequenceRange(8, 8), logs.append(log, Entry.vector("f", 1)));
        }
    }

    /** The segment that the log goes on with was begun by an opening before the one that takes the snapshot. */
    @Test
    void aSnapshotBehindASegmentOfAnEarlierOpeningIsRecovered() throws Exception {
        try (BatchLog log = logs.create()) {
            logs.append(log, Entry.vector("a", 1));
            log.roll();
        }
        try (BatchLog log = logs.open()) {
            assertEquals(1, log.snapshot());
        }
        try (BatchLog log = logs.open()) {
            assertEquals(Verdict.COMPLETE, log.recovery().verdict());
            assertEquals(List.of("a"), ids(log));
        }
    }

    /** It is told what the batch behind it is not: that it may be durable. */
    @Test
    void aBatchThatIsWrittenWhenTheNextSegmentFailsIsOfAnUnknownOutcome() throws Exception {
        FaultyFileSystem files = new FaultyFileSystem(Logs.files(), 0);
        EngineSettings settings = new EngineSettings(1, 0, 1 << 20, 1, 3_600_000, Visibility.DURABLE);
        try (BatchLog log = BatchLog.create(logs.session(files, settings), logs.layout())) {
            EncodedBatch batch = logs.serializer.encode(List.of(Entry.vector("a", 1)), 1);
            Appended periodic = log.append(batch, Acknowledgement.PERIODIC);
            periodic.acknowledged().join();
            files.hook(operation -> {
                if (operation.startsWith("createAppendable ")) {
                    throw new IOException("no space left");
                }
            });
            CompletionException refused = assertThrows(CompletionException.class, log.append(batch)::join);
            assertInstanceOf(LogUnavailableException.class, refused.getCause());
            CompletionException unknown = assertThrows(CompletionException.class, periodic.durable()::join);
            assertInstanceOf(OutcomeUnknownException.class, unknown.getCause());
        }
    }

    @Test
    void snapshotsAreTakenWhileWritesGoOn() throws Exception {
        Map<String, Float> newest = new HashMap<>();
        try (BatchLog log = logs.create()) {
            CompletableFuture<Void> snapshots = CompletableFuture.runAsync(() -> {
                while (log.memtable().lastSequence() < 1_500) {
                    log.snapshot();
                }
            });
            for (int i = 0; i < 1_000; i++) {
                String one = "id" + i % 97;
                String other = "other" + i % 31;
                logs.append(log, Entry.vector(one, i), Entry.vector(other, i));
                newest.put(one, (float) i);
                newest.put(other, (float) i);
            }
            snapshots.join();
        }
        try (BatchLog log = logs.open()) {
            assertEquals(2_000, log.memtable().lastSequence());
            assertEquals(newest.size(), log.memtable().liveEntries());
            newest.forEach((id, value) -> assertEquals(
                    value, log.memtable().get(id, 0).orElseThrow().entry().vector()[0], id));
            assertTrue(log.recovery().entries() < 2_000, "what a snapshot covers is not read again");
        }
    }

    @Test
    void archivesArePrunedToTheNumberThatIsKept() throws Exception {
        EngineSettings settings = new EngineSettings(1 << 20, 0, 1 << 20, 0);
        try (BatchLog log = BatchLog.create(logs.session(Logs.files(), settings), logs.layout())) {
            logs.append(log, batch(1, 1));
            log.snapshot();
        }
        try (Stream<Path> kept = Files.list(directory.resolve("c1/archive"))) {
            assertEquals(0, kept.count());
        }
    }

    @Test
    void theObjectStrategyWritesASegmentPerCommit() throws Exception {
        Session session = logs.session(Logs.files(), new ObjectStrategy(), Logs.SETTINGS);
        LogLayout layout = LogLayout.catalog(logs.layout().directory());
        try (BatchLog log = Logs.opened(BatchLog.open(session, layout))) {
            logs.append(log, Entry.vector("a", 1));
            logs.append(log, Entry.vector("b", 1));
        }
        try (Stream<Path> objects = Files.list(directory.resolve("c1/incremental"))) {
            List<String> names =
                    objects.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(2, names.size());
            assertEquals("op_00000001_19700101000000.avro", names.get(0));
        }
        try (BatchLog log = Logs.opened(BatchLog.open(session, layout))) {
            assertEquals(List.of("a", "b"), ids(log));
            log.snapshot();
            logs.append(log, Entry.vector("c", 1));
        }
        try (BatchLog log = Logs.opened(BatchLog.open(session, layout))) {
            assertEquals(List.of("a", "b", "c"), ids(log));
        }
    }

    @Test
    void aLogWithAnActiveSegmentIsNotOpenedByAStrategyThatHasNone() throws Exception {
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
        }
        Session session = logs.session(Logs.files(), new ObjectStrategy(), Logs.SETTINGS);
        Opening.Refused refused = (Opening.Refused) BatchLog.open(session, logs.layout());
        assertEquals(Verdict.UNAVAILABLE, refused.report().verdict());
        assertTrue(
                refused.report().detail().endsWith("wal_current.avro"),
                refused.report().detail());
    }

    private static void assertFails(Class<? extends Throwable> with, CompletableFuture<?> future) {
        Throwable thrown = assertThrows(java.util.concurrent.CompletionException.class, future::join);
        assertEquals(with, thrown.getCause().getClass());
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
