package org.seawall.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.Entry;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;
import org.seawall.core.BenchLog;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.CommitWindow;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** Commits to an object store behind a latency, by how many groups are in flight and how long batches wait for others. */
final class FlightBench {
    private static final Set<Capability> OBJECTS = EnumSet.of(
            Capability.CREATE_EXCLUSIVE, Capability.CONDITIONAL_REPLACE, Capability.STRONG_LIST, Capability.RANGE_READ);
    private static final List<CommitWindow> WINDOWS = List.of(
            new CommitWindow(1, 0),
            new CommitWindow(2, 0),
            new CommitWindow(4, 0),
            new CommitWindow(8, 0),
            new CommitWindow(16, 0),
            new CommitWindow(4, 5),
            new CommitWindow(16, 5));
    private static final int LATENCY_MILLIS = 20;
    private static final BatchSerializer SERIALIZER = BenchLog.avro();

    private final Options options;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Entry> batch = Work.of(Cell.parse("W2b1w1"), 1).batch(0);
    private final Table table = new Table(
            "Commits to an object store, " + LATENCY_MILLIS + " ms a request",
            "writers",
            "in flight",
            "window, ms",
            "batches/s",
            "p50, ms",
            "p99, ms",
            "requests a batch");

    FlightBench(Options options) {
        this.options = options;
    }

    private record Slice(double perSecond, double p50, double p99, double requests) {}

    List<Table> run() throws Exception {
        try {
            for (int writers : List.of(1, 8, 64)) {
                for (CommitWindow window : WINDOWS) {
                    measure(writers, window);
                }
            }
        } finally {
            threads.shutdown();
        }
        return List.of(table);
    }

    private void measure(int writers, CommitWindow window) throws Exception {
        List<Slice> slices = new ArrayList<>();
        for (int round = -1; round < options.rounds(); round++) {
            Slice slice = slice(writers, window);
            if (round >= 0) {
                slices.add(slice);
            }
        }
        table.add(
                String.valueOf(writers),
                String.valueOf(window.groups()),
                String.valueOf(window.millis()),
                Spread.of(slices.stream().mapToDouble(Slice::perSecond)).toString(),
                Spread.of(slices.stream().mapToDouble(Slice::p50)).toString(),
                Spread.of(slices.stream().mapToDouble(Slice::p99)).toString(),
                Spread.of(slices.stream().mapToDouble(Slice::requests)).toString());
    }

    /** Each writer appends a batch when the one before it is durable. */
    private Slice slice(int writers, CommitWindow window) throws Exception {
        AtomicLong requests = new AtomicLong();
        FaultyFileSystem slow = new FaultyFileSystem(new MemoryFileSystem(OBJECTS, 0), 0);
        EngineSettings settings = new EngineSettings(64 << 20, 0, 8 << 20, 1).with(window);
        Backend backend = new Backend(slow, new ObjectStrategy(), SERIALIZER, List.of(SERIALIZER), Clock.systemUTC());
        LogLayout layout = LogLayout.collection("c", Location.parse("memory:/wal"), Instant.EPOCH);
        try (BatchLog log = BatchLog.create(new Session(backend, settings, threads, "bench"), layout)) {
            slow.hook(operation -> {
                requests.incrementAndGet();
                pause();
            });
            long begin = System.nanoTime();
            long end = begin + (long) (options.seconds() * 1e9);
            List<Future<List<Long>>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(threads.submit(() -> write(log, end)));
            }
            List<Long> nanos = new ArrayList<>();
            for (Future<List<Long>> each : all) {
                nanos.addAll(each.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            return new Slice(
                    sorted.length / seconds,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[sorted.length * 99 / 100] / 1e6,
                    (double) requests.get() / sorted.length);
        }
    }

    private List<Long> write(BatchLog log, long endNanos) {
        List<Long> nanos = new ArrayList<>();
        long before = System.nanoTime();
        while (before < endNanos) {
            log.append(SERIALIZER.encode(batch, 1)).join();
            long now = System.nanoTime();
            nanos.add(now - before);
            before = now;
        }
        return nanos;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LATENCY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
