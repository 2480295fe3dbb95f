package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.Recovery.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** Segments that are read ahead are entered in their order, within bounds, and with the verdicts of a reading in turn. */
class SegmentReadAheadTest {
    private static final int SEGMENTS = 20;
    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1, 1);
    private static final LogLayout LAYOUT = LogLayout.collection("c1", Location.parse("memory:/log"), Logs.FOUNDED);

    private final ExecutorService readers = Executors.newFixedThreadPool(16);
    private final ExecutorService commits = Executors.newCachedThreadPool();
    private final ReadBudget budget = new ReadBudget(1 << 20);
    private final MemoryFileSystem storage = new MemoryFileSystem();
    private final FaultyFileSystem files = new FaultyFileSystem(storage, 0);

    @AfterEach
    void end() {
        readers.shutdown();
        commits.shutdown();
    }

    @Test
    void aSegmentThatIsReadLateIsEnteredInItsPlace() throws Exception {
        write(storage, new ObjectStrategy());
        CountDownLatch laterIsRead = new CountDownLatch(1);
        files.hook(operation -> {
            if (operation.startsWith("open wal_00000003")) {
                join(laterIsRead);
            }
            if (operation.startsWith("open wal_00000012")) {
                laterIsRead.countDown();
            }
        });
        Progress progress = new Progress();
        Recovered.Usable usable = usable(recover(ahead(16, Retries.NONE), new ObjectStrategy(), progress));
        assertEquals(2L * SEGMENTS, usable.memtable().lastSequence());
        assertEquals(progress.totalBytes(), progress.readBytes());
        assertEquals(usable.report().bytes(), progress.totalBytes());
        assertEquals(0, budget.takenBytes());
    }

    @Test
    void noMoreThanItsNumberIsReadAhead() throws Exception {
        write(storage, new ObjectStrategy());
        Set<String> begun = ConcurrentHashMap.newKeySet();
        AtomicInteger whileTheFirstIsHeld = new AtomicInteger();
        CountDownLatch four = new CountDownLatch(4);
        files.hook(operation -> {
            if (operation.startsWith("open wal_") && begun.add(operation)) {
                four.countDown();
                if (operation.startsWith("open wal_00000001")) {
                    join(four);
                    pause();
                    whileTheFirstIsHeld.set(begun.size());
                }
            }
        });
        usable(recover(ahead(4, Retries.NONE), new ObjectStrategy(), new Progress()));
        assertEquals(4, whileTheFirstIsHeld.get());
        assertEquals(SEGMENTS, begun.size());
    }

    /** Behind a latency every operation counts. */
    @Test
    void aSmallSegmentIsOpenedOnceAndReadOnce() throws Exception {
        write(storage, new ObjectStrategy());
        AtomicInteger opens = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        files.hook(operation -> {
            opens.addAndGet(operation.startsWith("open ") ? 1 : 0);
            reads.addAndGet(operation.startsWith("read ") ? 1 : 0);
        });
        usable(recover(ahead(4, Retries.NONE), new ObjectStrategy(), new Progress()));
        assertEquals(SEGMENTS, opens.get());
        assertEquals(SEGMENTS, reads.get());
    }

    @Test
    void withoutBytesToReadAheadTheOneWhoRecoversReads() throws Exception {
        write(storage, new ObjectStrategy());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        files.hook(operation -> threads.add(Thread.currentThread()));
        Reading nothingAhead = new Reading(readers, 16, new ReadBudget(10), Retries.NONE);
        usable(recover(nothingAhead, new ObjectStrategy(), new Progress()));
        assertEquals(Set.of(Thread.currentThread()), threads);
    }

    @Test
    void readersThatAreAllBusyHoldNobodyUp() throws Exception {
        write(storage, new ObjectStrategy());
        CountDownLatch until = new CountDownLatch(1);
        ExecutorService busy = Executors.newSingleThreadExecutor();
        busy.execute(() -> {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Reading reading = new Reading(busy, 16, budget, Retries.NONE);
        usable(recover(reading, new ObjectStrategy(), new Progress()));
        until.countDown();
        busy.shutdown();
    }

    @Test
    void aReadThatFailsForAMomentIsRepeated() throws Exception {
        write(storage, new ObjectStrategy());
        AtomicInteger failures = new AtomicInteger(3);
        files.hook(operation -> {
            if (operation.startsWith("open wal_00000005") && failures.getAndDecrement() > 0) {
                throw new IOException("reset, operation=" + operation);
            }
        });
        usable(recover(ahead(8, new Retries(3, 1)), new ObjectStrategy(), new Progress()));
        failures.set(4);
        Recovered.Refused refused = assertInstanceOf(
                Recovered.Refused.class, recover(ahead(8, new Retries(3, 1)), new ObjectStrategy(), new Progress()));
        assertEquals(Verdict.UNAVAILABLE, refused.report().verdict());
        assertTrue(refused.report().detail().contains("reset, operation=open wal_00000005"));
        assertEquals(0, budget.takenBytes(), "also of what was read ahead of the failure");
    }

    @Test
    void whateverIsWrongTheVerdictIsThatOfAReadingInTurn() throws Exception {
        Map<Verdict, Integer> seen = new TreeMap<>();
        for (WriteStrategy strategy : List.of(new AppendStrategy(), new ObjectStrategy())) {
            for (int seed = 0; seed < 150; seed++) {
                MemoryFileSystem damaged = new MemoryFileSystem();
                write(damaged, strategy);
                Random random = new Random(seed);
                for (int i = 0; i <= random.nextInt(2); i++) {
                    damage(damaged, random);
                }
                String expected = words(recover(damaged, Reading.IN_TURN, strategy, new Progress()));
                Recovered found = recover(damaged, ahead(8, Retries.NONE), strategy, new Progress());
                assertEquals(expected, words(found), "seed " + seed + ", " + strategy.name());
                seen.merge(found.report().verdict(), 1, Integer::sum);
            }
        }
        assertTrue(seen.keySet().containsAll(Set.of(Verdict.COMPLETE, Verdict.CORRUPT, Verdict.GAP)), seen::toString);
    }

    private static String words(Recovered found) {
        var report = found.report();
        return String.join(
                " ",
                report.verdict().toString(),
                report.detail(),
                report.segments() + " " + report.batches() + " " + report.entries() + " " + report.bytes(),
                found instanceof Recovered.Usable usable
                        ? usable.head().nextSequence() + " " + usable.head().chain() + " " + usable.behind()
                        : "");
    }

    /** Flips, cuts, takes away or exchanges something among the segments. */
    private static void damage(MemoryFileSystem files, Random random) throws IOException {
        List<Location> all = new ArrayList<>();
        files.list(LAYOUT.segments().segments()).forEach(info -> all.add(info.location()));
        if (files.find(LAYOUT.segments().active()).isPresent()) {
            all.add(LAYOUT.segments().active());
        }
        Location file = all.get(random.nextInt(all.size()));
        byte[] bytes = content(files, file);
        switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= 1;
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> {
                files.delete(file);
                return;
            }
            default -> bytes = content(files, all.get(random.nextInt(all.size())));
        }
        files.delete(file);
        files.create(file, List.of(ByteBuffer.wrap(bytes)));
    }

    private static byte[] content(MemoryFileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            byte[] bytes = new byte[(int) input.size()];
            input.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private Reading ahead(int segments, Retries retries) {
        return new Reading(readers, segments, budget, retries);
    }

    private static Recovered.Usable usable(Recovered recovered) {
        return assertInstanceOf(Recovered.Usable.class, recovered, () -> words(recovered));
    }

    private Recovered recover(Reading reading, WriteStrategy strategy, Progress progress) throws IOException {
        return recover(files, reading, strategy, progress);
    }

    private Recovered recover(FileSystem from, Reading reading, WriteStrategy strategy, Progress progress)
            throws IOException {
        Session session = session(from, strategy, reading);
        try (SegmentStore store = strategy.open(from, LAYOUT.segments())) {
            return new LogRecovery(session, LAYOUT, progress).run(store);
        }
    }

    private void write(MemoryFileSystem to, WriteStrategy strategy) throws IOException {
        try (BatchLog log = BatchLog.create(session(to, strategy, Reading.IN_TURN), LAYOUT)) {
            for (int i = 1; i <= SEGMENTS; i++) {
                log.append(Logs.AVRO.encode(List.of(batch(i, 2)), 1)).join();
                if (i < SEGMENTS) {
                    log.roll();
                }
            }
        }
        List<FileInfo> sealed = to.list(LAYOUT.segments().segments());
        assertTrue(sealed.size() >= SEGMENTS - 1, sealed::toString);
    }

    private Session session(FileSystem on, WriteStrategy strategy, Reading reading) {
        Backend backend = new Backend(on, strategy, Logs.AVRO, List.of(Logs.AVRO), Clock.systemUTC());
        return new Session(backend, SETTINGS, commits, "test").reading(reading);
    }

    private static void join(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Time for what must not happen to happen. */
    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
