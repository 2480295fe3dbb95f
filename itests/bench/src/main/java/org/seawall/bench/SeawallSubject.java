package org.seawall.bench;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Subject;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.BenchLog;
import org.seawall.spi.filesystem.FileSystem;

/** Seawall's log, from its API down to the disk. */
public final class SeawallSubject implements Subject {
    static final String COLLECTION = "bench";
    private static final int ENTRIES = 150_000;
    private static final int IN_FLIGHT = 256;

    private final ForceCount forces;
    private Work work;
    private BenchLog log;
    private long batchBytes;

    /** The log as it is. */
    public SeawallSubject() {
        this(false);
    }

    /** The log, perhaps with forces counted, which takes a little time. */
    SeawallSubject(boolean counting) {
        this.forces = new ForceCount(counting);
    }

    @Override
    public String name() {
        return "seawall";
    }

    @Override
    public void open(Path directory, Cell cell) throws Exception {
        if (work == null) {
            work = Work.of(cell, ENTRIES);
            batchBytes = batchBytes(work);
        }
        FileSystem files = forces.counted(BenchLog.files());
        log = BenchLog.open(directory, files);
        log.log().catalog().create(CollectionSpec.vectors(COLLECTION, cell.dimension(), Metric.COSINE));
        forces.reset();
    }

    /** The encoded entries, without what the log keeps beside them in memory. */
    static long batchBytes(Work work) {
        var encoded = BenchLog.avro().encode(work.batch(0), 1);
        long bytes = 0;
        for (int i = 0; i < encoded.count(); i++) {
            bytes += encoded.entryBytes(i);
        }
        return bytes;
    }

    BenchLog log() {
        return log;
    }

    /** Appends so many batches, with some of them in flight. */
    void fill(int batches) {
        for (int number = 0; number < batches; number++) {
            CompletableFuture<?> done = log.log().append(COLLECTION, work.batch(number));
            if (number % IN_FLIGHT == 0 || number == batches - 1) {
                done.join();
            }
        }
    }

    @Override
    public void append(int number) {
        log.log().append(COLLECTION, work.batch(number)).join();
    }

    @Override
    public long batchBytes() {
        return batchBytes;
    }

    @Override
    public double forcesPerGroup() {
        return forces.perWrite();
    }

    @Override
    public void close() {
        log.close();
    }
}
