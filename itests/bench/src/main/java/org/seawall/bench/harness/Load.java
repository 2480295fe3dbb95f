package org.seawall.bench.harness;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that append and wait, for a slice of time. */
public final class Load {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Subject subject;
    private final Cell cell;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean ended;

    /** A load on a subject that is open. */
    public Load(Subject subject, Cell cell) {
        this.subject = subject;
        this.cell = cell;
    }

    /** What one thread measured, and how much memory the measuring took. */
    private record Share(long[] nanos, long ownBytes) {}

    /** Appends for so many seconds. */
    public Slice run(double seconds) throws Exception {
        return run(() -> Thread.sleep((long) (seconds * 1000)));
    }

    /** What is done while the load runs. */
    public interface Meanwhile {
        /** Returns when the load is to end. */
        void run() throws Exception;
    }

    /** Appends until something else is done. */
    public Slice run(Meanwhile meanwhile) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(cell.writers());
        long allocated = allocatedBytes();
        long disk = writtenBytes();
        long begin = System.nanoTime();
        List<Future<Share>> futures = new ArrayList<>();
        try {
            for (int i = 0; i < cell.writers(); i++) {
                futures.add(writers.submit(this::write));
            }
            meanwhile.run();
        } finally {
            ended = true;
        }
        List<Share> shares = shares(futures);
        double took = (System.nanoTime() - begin) / 1e9;
        long own = shares.stream().mapToLong(Share::ownBytes).sum();
        long allocatedInSlice = allocatedBytes() - allocated - own;
        writers.shutdown();
        long[] nanos = Slice.sorted(shares.stream().map(Share::nanos).toArray(long[][]::new));
        return new Slice(
                nanos.length,
                took,
                nanos,
                allocatedInSlice,
                writtenBytes() - disk,
                nanos.length * subject.batchBytes());
    }

    private static List<Share> shares(List<Future<Share>> futures) throws ExecutionException, InterruptedException {
        List<Share> shares = new ArrayList<>();
        for (Future<Share> future : futures) {
            shares.add(future.get());
        }
        return shares;
    }

    private Share write() throws Exception {
        long[] nanos = new long[1 << 12];
        int count = 0;
        long sizes = nanos.length;
        while (!ended) {
            int number = next.getAndIncrement();
            long begin = System.nanoTime();
            subject.append(number);
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
                sizes += nanos.length;
            }
            nanos[count++] = System.nanoTime() - begin;
        }
        return new Share(Arrays.copyOf(nanos, count), (sizes + count) * Long.BYTES);
    }

    private static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /**
     * What was given to the system in writes; 0 where it does not say it. Not {@code write_bytes}: that counts the whole of a
     * large folio for each small write into it.
     */
    private static long writtenBytes() throws IOException {
        Path counters = Path.of("/proc/self/io");
        if (!Files.isReadable(counters)) {
            return 0;
        }
        return Files.readAllLines(counters).stream()
                .filter(line -> line.startsWith("wchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
