package org.seawall.bench.harness;

/** How fast something is that is done again and again. */
public final class Timing {
    private Timing() {}

    /** Something that handles bytes. */
    public interface Task {
        /** Does it once and returns something that depends on all of it, so that it is really done. */
        long run() throws Exception;
    }

    /** Megabytes a second, over so many seconds. */
    public static double megabytesPerSecond(Task task, long bytes, double seconds) throws Exception {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        long runs = 0;
        long sum = 0;
        long now = begin;
        while (now < end) {
            sum += task.run();
            runs++;
            now = System.nanoTime();
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was done, runs=" + runs);
        }
        return runs * bytes / 1e6 / ((now - begin) / 1e9);
    }
}
