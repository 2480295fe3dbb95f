package org.seawall.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.seawall.Entry;
import org.seawall.Recovery;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;
import org.seawall.bench.harness.Timing;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.BenchLog;

/** A log and a RocksDB of the same entries W1 in batches of 100, opened until everything is there to be read. */
final class RecoveryBench {
    private static final Cell CELL = new Cell("W1", 100, 1);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int IN_FLIGHT = 16;
    private static final double WARM = 9;
    private static final double COLD = 3;
    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    private final org.seawall.bench.Options options;
    private final Path log;
    private final Path db;
    private final float[][] vectors = Work.vectors(CELL.dimension());
    private final long payload;
    private final int batches;

    RecoveryBench(org.seawall.bench.Options options) {
        this.options = options;
        this.log = options.directory().resolve("recovery-log");
        this.db = options.directory().resolve("recovery-db");
        long batchBytes = SeawallSubject.batchBytes(Work.of(CELL, CELL.batch()));
        this.batches = (int) (options.recoveryBytes() / batchBytes);
        this.payload = batches * batchBytes;
    }

    List<Table> run() throws Exception {
        Table table = new Table(
                "Recovery of " + (payload >> 20) + " MiB in batches of 100",
                "cache",
                "MB/s",
                "÷ rocksdb's open + iterate",
                "÷ reading the files",
                "MB a second of processor time",
                "the same ÷ rocksdb's");
        writeLog(Integer.MAX_VALUE, batches);
        writeDb();
        row(table, "warm", WARM);
        if (options.cold()) {
            row(table, "cold", COLD);
        }
        Table share = snapshotShare();
        Directories.delete(log);
        Directories.delete(db);
        return List.of(table, share);
    }

    private void row(Table table, String cache, double target) throws Exception {
        List<Speed> own = new ArrayList<>();
        List<Speed> rocks = new ArrayList<>();
        List<Speed> raw = new ArrayList<>();
        for (int round = -1; round < options.rounds(); round++) {
            own.add(timed(cache, this::openLog));
            rocks.add(timed(cache, this::iterateDb));
            raw.add(timed(cache, this::readFiles));
        }
        table.add(
                cache,
                Spread.of(Arrays.stream(wall(own))).toString(),
                Table.atLeast(Spread.ratio(wall(own), wall(rocks)), target),
                Spread.ratio(wall(own), wall(raw)).toString(),
                Spread.of(Arrays.stream(processor(own))).toString(),
                Spread.ratio(processor(own), processor(rocks)).toString());
    }

    /** Megabytes a second, by the clock and by the processors' time of the process, the garbage collector's included. */
    private record Speed(double wall, double processor) {}

    /** The first round warms up. */
    private static double[] wall(List<Speed> rounds) {
        return rounds.stream().skip(1).mapToDouble(Speed::wall).toArray();
    }

    private static double[] processor(List<Speed> rounds) {
        return rounds.stream().skip(1).mapToDouble(Speed::processor).toArray();
    }

    private Speed timed(String cache, Timing.Task task) throws Exception {
        System.gc();
        if (cache.equals("cold")) {
            new ProcessBuilder("sync").start().waitFor();
            Files.writeString(DROP_CACHES, "3");
        }
        long begin = System.nanoTime();
        long processorBegin = SYSTEM.getProcessCpuTime();
        if (task.run() == 0) {
            throw new IllegalStateException("nothing was recovered, directory=" + options.directory());
        }
        double processor = (SYSTEM.getProcessCpuTime() - processorBegin) / 1e9;
        return new Speed(payload / 1e6 / ((System.nanoTime() - begin) / 1e9), payload / 1e6 / processor);
    }

    /** Appends batches of which so many entries have ids of their own; after them the first ids come again. */
    private void writeLog(int ids, int count) throws Exception {
        Directories.empty(log);
        try (BenchLog written = BenchLog.open(log, BenchLog.files())) {
            written.log()
                    .catalog()
                    .create(CollectionSpec.vectors(SeawallSubject.COLLECTION, CELL.dimension(), Metric.COSINE));
            Deque<CompletableFuture<?>> inFlight = new ArrayDeque<>();
            for (int batch = 0; batch < count; batch++) {
                inFlight.add(written.log().append(SeawallSubject.COLLECTION, batch(batch, ids)));
                if (inFlight.size() == IN_FLIGHT) {
                    inFlight.remove().join();
                }
            }
            inFlight.forEach(CompletableFuture::join);
        }
    }

    private List<Entry> batch(int number, int ids) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < CELL.batch(); i++) {
            int entry = number * CELL.batch() + i;
            entries.add(Work.entry(entry % ids, vectors[entry % vectors.length]));
        }
        return entries;
    }

    private long openLog() throws IOException {
        try (BenchLog opened = BenchLog.open(log, BenchLog.files())) {
            return opened.log().get(SeawallSubject.COLLECTION, Work.id(batches * CELL.batch() - 1)).stream()
                    .count();
        }
    }

    private void writeDb() throws Exception {
        RocksDB.loadLibrary();
        byte[][] values = RocksSubject.values(CELL);
        try (Options create = new Options().setCreateIfMissing(true);
                RocksDB written = RocksDB.open(create, Directories.empty(db).toString());
                WriteOptions unforced = new WriteOptions();
                FlushOptions flush = new FlushOptions()) {
            for (int batch = 0; batch < batches; batch++) {
                try (WriteBatch writes = new WriteBatch()) {
                    for (int i = 0; i < CELL.batch(); i++) {
                        int entry = batch * CELL.batch() + i;
                        writes.put(RocksSubject.key(entry), values[entry % values.length]);
                    }
                    written.write(unforced, writes);
                }
            }
            written.flush(flush);
        }
    }

    private long iterateDb() throws Exception {
        try (Options open = new Options();
                RocksDB opened = RocksDB.open(open, db.toString());
                RocksIterator iterator = opened.newIterator()) {
            long bytes = 0;
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                bytes += iterator.key().length + iterator.value().length;
            }
            return bytes;
        }
    }

    private long readFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(log)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        long bytes = 0;
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (int read = channel.read(buffer.clear()); read >= 0; read = channel.read(buffer.clear())) {
                    bytes += read;
                }
            }
        }
        return bytes;
    }

    /** Every id four times, then a snapshot. */
    private Table snapshotShare() throws Exception {
        int count = Math.max(4, batches / 4);
        writeLog(count * CELL.batch() / 4, count);
        long whole = recovered().bytes();
        try (BenchLog opened = BenchLog.open(log, BenchLog.files())) {
            opened.log().snapshot(SeawallSubject.COLLECTION);
        }
        long behind = recovered().bytes();
        Table table = new Table(
                "Recovery with a snapshot, a quarter of the entries live",
                "bytes read without",
                "bytes read with",
                "share");
        table.add(Spread.text(whole), Spread.text(behind), Spread.text(behind / (double) whole));
        return table;
    }

    private Recovery recovered() throws IOException {
        try (BenchLog opened = BenchLog.open(log, BenchLog.files())) {
            return opened.log().status().collections().get(0).recovery();
        }
    }
}
