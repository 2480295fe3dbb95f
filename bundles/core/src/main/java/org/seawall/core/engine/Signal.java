package org.seawall.core.engine;

import java.util.function.BooleanSupplier;

/** Wakes readers that wait at the head of the log. Costs a writer one volatile read as long as nobody waits. */
final class Signal {
    private final Object monitor = new Object();
    private volatile int waiting;
    private volatile boolean closed;

    /** Called after the writer has made visible what readers may wait for. */
    void raise() {
        if (waiting > 0) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    void close() {
        closed = true;
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    boolean closed() {
        return closed;
    }

    /** Waits until a condition that the writer makes true holds, the signal is closed, or the time is over. */
    void await(BooleanSupplier condition, long deadlineNanos) throws InterruptedException {
        synchronized (monitor) {
            // announced before the condition is looked at, so that a writer which makes it true later sees the waiter
            waiting++;
            try {
                long left = deadlineNanos - System.nanoTime();
                while (!closed && !condition.getAsBoolean() && left > 0) {
                    monitor.wait(left / 1_000_000, (int) (left % 1_000_000));
                    left = deadlineNanos - System.nanoTime();
                }
            } finally {
                waiting--;
            }
        }
    }
}
