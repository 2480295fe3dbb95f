package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.batch;
import static org.seawall.core.engine.Logs.ids;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;

/** A log whose segments grow under their own names, and who writes to it. */
class SealedLogTest {
    private static final WriteStrategy SEAL = new SealStrategy();
    private static final WriteStrategy OBJECT = new ObjectStrategy();

    private final Logs logs = new Logs(Path.of("/log"));
    private final FileSystem files = SealPowerLossTest.storage().files();

    @AfterEach
    void close() {
        logs.close();
    }

    private BatchLog open(FileSystem through, WriteStrategy strategy) {
        return Logs.opened(BatchLog.open(logs.session(through, strategy, Logs.SETTINGS), logs.layout()));
    }

    private BatchLog open() {
        return open(files, SEAL);
    }

    private Location segments() {
        return logs.layout().segments().segments();
    }

    private List<Long> sizes() throws IOException {
        return files.list(segments()).stream().map(FileInfo::size).toList();
    }

    private static LogFencedException fenced(BatchLog log, Logs logs) {
        CompletionException failure = assertThrows(CompletionException.class, () -> logs.append(log, batch(99, 1)));
        return assertInstanceOf(LogFencedException.class, failure.getCause());
    }

    @Test
    void aGroupIsOneAppendAndARollMakesNoFile() {
        FaultyFileSystem counted = new FaultyFileSystem(files, 0);
        try (BatchLog log = open(counted, SEAL)) {
            logs.append(log, batch(1, 1));
            int before = counted.history().size();
            logs.append(log, batch(2, 1));
            logs.append(log, batch(3, 1));
            List<String> two =
                    counted.history().subList(before, counted.history().size());
            assertEquals(2, two.size(), two::toString);
            assertTrue(two.stream().allMatch(operation -> operation.startsWith("append ")), two::toString);
            log.roll();
            List<String> rolled =
                    counted.history().subList(before + 2, counted.history().size());
            assertEquals(1, rolled.size(), rolled::toString);
            assertTrue(rolled.get(0).startsWith("seal "), rolled::toString);
        }
    }

    @Test
    void whoeverWroteItTheOtherStrategyGoesOn() {
        List<Entry[]> written = new ArrayList<>();
        for (WriteStrategy strategy : List.of(OBJECT, SEAL, OBJECT, OBJECT, SEAL, SEAL, OBJECT)) {
            try (BatchLog log = open(files, strategy)) {
                assertEquals(ids(written.toArray(Entry[][]::new)), ids(log));
                for (int i = 0; i < 3; i++) {
                    written.add(batch(written.size() + 1, 2));
                    logs.append(log, written.get(written.size() - 1));
                }
            }
        }
        assertEquals(ids(written.toArray(Entry[][]::new)), ids(open()));
    }

    /** What was acknowledged while the log was read for the takeover was there before the seal, and so is read. */
    @Test
    void whatIsAppendedWhileTheLogIsReadIsNotLost() {
        for (WriteStrategy strategy : List.of(SEAL, OBJECT)) {
            BatchLog first = open();
            logs.append(first, batch(1, 1));
            List<String> known = new ArrayList<>(ids(first));
            FaultyFileSystem slow = new FaultyFileSystem(files, 0);
            AtomicInteger seals = new AtomicInteger();
            slow.hook(operation -> {
                if (operation.startsWith("seal ") && seals.getAndIncrement() == 0) {
                    logs.append(first, batch(2, 2));
                    logs.append(first, batch(3, 1));
                }
            });
            BatchLog second = open(slow, strategy);
            known.addAll(ids(batch(2, 2), batch(3, 1)));
            assertEquals(known, ids(second));
            logs.append(second, batch(4, 1));
            LogFencedException fence = fenced(first, logs);
            assertTrue(fence.getMessage().contains("epoch=" + second.epoch() + ","), fence::getMessage);
            second.close();
            first.close();
        }
    }

    /** With and without batches since the session began, to either strategy: nothing of the log is read again. */
    @Test
    void anotherSessionGoesOnFromMemory() {
        List<Entry[]> written = new ArrayList<>();
        BatchLog log = open();
        for (WriteStrategy strategy : List.of(SEAL, SEAL, OBJECT, OBJECT, SEAL)) {
            for (int batches = 0; batches < 3; batches++) {
                for (int i = 0; i < batches; i++) {
                    written.add(batch(written.size() + 1, 2));
                    logs.append(log, written.get(written.size() - 1));
                }
                FaultyFileSystem next = new FaultyFileSystem(files, 0);
                List<String> operations = new ArrayList<>();
                next.hook(operations::add);
                Opening opening = log.seal().open(logs.session(next, strategy, Logs.SETTINGS));
                log = assertInstanceOf(Opening.Opened.class, opening).log();
                assertTrue(
                        operations.stream().noneMatch(operation -> operation.startsWith("open ")),
                        operations::toString);
                assertEquals(ids(written.toArray(Entry[][]::new)), ids(log));
            }
        }
        log.close();
        assertEquals(ids(written.toArray(Entry[][]::new)), ids(open()));
    }

    /** The one who began a segment stalls before its first append: the fence goes into it, and the append is refused. */
    @Test
    void aBegunSegmentBecomesTheFence() throws IOException {
        for (WriteStrategy strategy : List.of(SEAL, OBJECT)) {
            FaultyFileSystem stalling = new FaultyFileSystem(files, 0);
            BatchLog first = open(stalling, SEAL);
            AtomicInteger appends = new AtomicInteger();
            List<BatchLog> second = new ArrayList<>();
            stalling.hook(operation -> {
                if (operation.startsWith("append ") && appends.getAndIncrement() == 0) {
                    assertTrue(sizes().contains(0L), () -> "not begun, operation=" + operation);
                    second.add(open(files, strategy));
                }
            });
            LogFencedException fence = fenced(first, logs);
            assertTrue(fence.getMessage().contains("epoch=" + second.get(0).epoch() + ","), fence::getMessage);
            assertTrue(sizes().stream().noneMatch(size -> size == 0));
            Entry[] batch = batch(second.get(0).epoch() > 3 ? 2 : 1, 1);
            logs.append(second.get(0), batch);
            second.get(0).close();
            first.close();
        }
        assertEquals(ids(batch(1, 1), batch(2, 1)), ids(open()));
    }

    @Test
    void aBegunSegmentIsNoDamage() throws IOException {
        BatchLog log = open();
        logs.append(log, batch(1, 1));
        files.append(segments().child("wal_00000007_20250628142000.avro"), 0, List.of());
        LogFiles all = new LogFiles(files, List.of(Logs.AVRO, Logs.PROTOBUF), logs.layout());
        Inspected inspected =
                new LogInspection(all, Inspection.of(true, InspectionProgress.NONE)).run(() -> BatchSink.NONE);
        assertEquals(Verdict.COMPLETE, inspected.verdict(), inspected.findings()::toString);
        log.snapshot();
        log.close();
        assertEquals(ids(batch(1, 1)), ids(open()));
    }

    /** A writer whose storage failed meets the one who took the log over, and leaves its segment alone. */
    @Test
    void aFailedLogDoesNotSealWhatAnotherWrites() {
        FaultyFileSystem failing = new FaultyFileSystem(files, 0);
        BatchLog first = open(failing, SEAL);
        logs.append(first, batch(1, 1));
        failing.failAt(1, Moment.BEFORE);
        assertThrows(CompletionException.class, () -> logs.append(first, batch(2, 1)));
        BatchLog second = open();
        logs.append(second, batch(3, 1));
        Opening again = BatchLog.openAfterFailure(logs.session(failing, SEAL, Logs.SETTINGS), first);
        assertInstanceOf(
                LogFencedException.class,
                assertInstanceOf(Opening.Refused.class, again).cause());
        logs.append(second, batch(4, 1));
        second.close();
        first.close();
    }

    /** 65,536 bytes and 200 appends are what the storage takes. */
    @Test
    void moreThanAFileTakesGoesIntoTheNext() {
        Entry large = Entry.payload("large", new byte[100_000]);
        List<String> expected = new ArrayList<>();
        try (BatchLog log = open()) {
            for (int i = 0; i < 250; i++) {
                logs.append(log, batch(i, 1));
                expected.add("b" + i + "-0");
            }
            logs.append(log, large);
            logs.append(log, batch(250, 1));
            expected.addAll(List.of("large", "b250-0"));
            assertEquals(expected, ids(log));
        }
        BatchLog again = open();
        assertEquals(expected, ids(again));
        assertArrayEquals(large.payload(), Logs.all(again).get(250).entry().payload());
        again.close();
    }
}
