package org.seawall.bench.harness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How fast something is that is done again and again. */
public final class Timing {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Timing() {}

    /** Something that handles bytes. */
    public interface Task {
        /** Does it once and returns something that depends on all of it, so that it is really done. */
        long run() throws Exception;
    }

    /**
     * Megabytes for a second of this thread's processor time, over so many seconds: others who take the processor away do
     * not count, and neither does the work of the garbage collector.
     */
    public static double megabytesPerSecond(Task task, long bytes, double seconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long begin = THREADS.getCurrentThreadCpuTime();
        long runs = 0;
        long sum = 0;
        do {
            sum += task.run();
            runs++;
        } while (System.nanoTime() < end);
        long took = THREADS.getCurrentThreadCpuTime() - begin;
        if (sum == 0) {
            throw new IllegalStateException("nothing was done, runs=" + runs);
        }
        return runs * bytes / 1e6 / (took / 1e9);
    }
}
