package org.seawall.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who uses services at present, so that whoever takes one away can wait until they have ended. Safe for use by several threads. */
final class InUse {
    private final List<Object> uses = new ArrayList<>();

    /** Something that uses services. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Runs the work; whoever comes to {@link #awaitThoseBefore} meanwhile waits for its end. */
    <T> T by(Work<T> work) throws IOException {
        Object use = new Object();
        synchronized (uses) {
            uses.add(use);
        }
        try {
            return work.run();
        } finally {
            synchronized (uses) {
                uses.removeIf(one -> one == use);
                uses.notifyAll();
            }
        }
    }

    /**
     * Waits until all that runs now has ended; what begins later is not waited for.
     *
     * @return whether it has, within the time
     */
    boolean awaitThoseBefore(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        synchronized (uses) {
            List<Object> before = List.copyOf(uses);
            long left = end - System.nanoTime();
            while (left > 0 && !interrupted && uses.stream().anyMatch(before::contains)) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(uses, Math.max(left, 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = end - System.nanoTime();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return uses.stream().noneMatch(before::contains);
        }
    }
}
