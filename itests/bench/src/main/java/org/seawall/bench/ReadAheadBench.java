package org.seawall.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.seawall.Entry;
import org.seawall.Recovery;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;
import org.seawall.core.BenchLog;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.ReadBudget;
import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Retries;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/**
 * The recovery of one collection, with segments read in turn and read ahead, one behind the other in each round: from a
 * local disk, without and with a snapshot, and from small objects behind a latency.
 */
final class ReadAheadBench {
    private static final EngineSettings SETTINGS = new EngineSettings(64 << 20, 0, 8 << 20, 1);
    private static final LogLayout OBJECTS = LogLayout.collection("c", Location.parse("memory:/wal"), Instant.EPOCH);
    private static final BatchSerializer SERIALIZER = BenchLog.avro();
    private static final int READS = 32;
    private static final long READ_BYTES = 256 << 20;
    private static final int LATENCY_MILLIS = 20;

    private final Options options;
    private final ExecutorService commits = Executors.newCachedThreadPool();
    private final ExecutorService readers = Executors.newFixedThreadPool(READS);
    private final Table table = new Table(
            "Recovery of one collection",
            "storage",
            "files",
            "MiB read",
            "in turn, s",
            "read ahead, s",
            "read ahead, MiB/s",
            "in turn ÷ read ahead");

    ReadAheadBench(Options options) {
        this.options = options;
    }

    List<Table> run() throws Exception {
        try {
            local();
            objects();
        } finally {
            commits.shutdown();
            readers.shutdown();
        }
        return List.of(table);
    }

    /** Everything behind no snapshot, then a tenth of it behind one in which a tenth of the entries is live. */
    private void local() throws Exception {
        Path directory = Directories.empty(options.directory().resolve("readAhead"));
        LogLayout layout = LogLayout.collection("c", Location.parse(directory.toString()), Instant.EPOCH);
        FileSystem files = BenchLog.files();
        Session session = session(files, new AppendStrategy(), inTurn());
        Work work = Work.of(Cell.parse("W1b10w1"), 32_000);
        try (BatchLog log = BatchLog.create(session, layout)) {
            write(log, work, options.recoveryBytes());
        }
        measure("local disk, no snapshot", files, new AppendStrategy(), layout);
        try (BatchLog log = opened(session, layout)) {
            log.snapshot();
            write(log, work, options.recoveryBytes() / 10);
        }
        measure("local disk, a tenth behind a snapshot", files, new AppendStrategy(), layout);
        Directories.delete(directory);
    }

    private void objects() throws Exception {
        MemoryFileSystem memory = new MemoryFileSystem();
        FaultyFileSystem slow = new FaultyFileSystem(memory, 0);
        List<Entry> entry = Work.of(Cell.parse("W2b1w1"), 1).batch(0);
        try (BatchLog log = BatchLog.create(session(memory, new ObjectStrategy(), inTurn()), OBJECTS)) {
            for (int i = 0; i < options.objects(); i++) {
                log.append(SERIALIZER.encode(entry, 1)).join();
            }
        }
        slow.hook(operation -> {
            if (operation.startsWith("open ") || operation.startsWith("read ")) {
                pause();
            }
        });
        measure("objects, " + LATENCY_MILLIS + " ms for each open and read", slow, new ObjectStrategy(), OBJECTS);
    }

    private static void write(BatchLog log, Work work, long bytes) {
        long written = 0;
        for (int i = 0; written < bytes; i++) {
            List<Entry> batch = work.batch(i);
            written += batch.stream().mapToLong(one -> 4L * one.vector().length).sum();
            log.append(SERIALIZER.encode(batch, 1)).join();
        }
    }

    private void measure(String name, FileSystem files, WriteStrategy strategy, LogLayout layout) throws IOException {
        // one by one behind a latency takes minutes and differs little from round to round
        int rounds = strategy instanceof ObjectStrategy ? 1 : options.rounds();
        double[] inTurn = new double[rounds];
        double[] ahead = new double[rounds];
        Recovery recovery = null;
        for (int round = strategy instanceof ObjectStrategy ? 0 : -1; round < rounds; round++) {
            recovery = recovered(session(files, strategy, inTurn()), layout, inTurn, round);
            recovery = recovered(session(files, strategy, ahead()), layout, ahead, round);
        }
        double mib = recovery.bytes() / 1048576.0;
        table.add(
                name,
                String.valueOf(recovery.segments()),
                Spread.text(mib),
                Spread.of(Arrays.stream(inTurn)).toString(),
                Spread.of(Arrays.stream(ahead)).toString(),
                Spread.of(Arrays.stream(ahead).map(seconds -> mib / seconds)).toString(),
                Spread.ratio(inTurn, ahead).toString());
    }

    private static Recovery recovered(Session session, LogLayout layout, double[] seconds, int round) {
        // what the recovery before left is not collected on this one's time
        System.gc();
        long begin = System.nanoTime();
        try (BatchLog log = opened(session, layout)) {
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - begin) / 1e9;
            }
            return log.recovery();
        }
    }

    private static BatchLog opened(Session session, LogLayout layout) {
        if (BatchLog.open(session, layout) instanceof Opening.Opened opened) {
            return opened.log();
        }
        throw new IllegalStateException("not recovered, log=" + layout.directory());
    }

    private static Reading inTurn() {
        return Reading.IN_TURN;
    }

    private Reading ahead() {
        return new Reading(readers, READS, new ReadBudget(READ_BYTES), Retries.NONE);
    }

    private Session session(FileSystem files, WriteStrategy strategy, Reading reading) {
        Backend backend = new Backend(files, strategy, SERIALIZER, List.of(SERIALIZER), Clock.systemUTC());
        return new Session(backend, SETTINGS, commits, "bench").reading(reading);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LATENCY_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
