package org.seawall.core.engine;

import java.util.function.BooleanSupplier;

/** Wakes who waits for what a writer does, such as readers at the head. Costs the writer one volatile read if nobody waits. */
public final class Signal {
    private final Object monitor = new Object();
    private volatile int waiting;
    private volatile boolean closed;

    /** For nobody yet. */
    public Signal() {}

    /** Called after the writer has made true what others may wait for. */
    public void raise() {
        if (waiting > 0) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    /** Wakes all for good. */
    public void close() {
        closed = true;
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    /**
     * Whether it was closed.
     *
     * @return true from then on
     */
    public boolean closed() {
        return closed;
    }

    /**
     * Waits until a condition that the writer makes true holds, the signal is closed, or the time is over.
     *
     * @param condition what is waited for
     * @param deadlineNanos when the time is over, by {@link System#nanoTime}
     * @throws InterruptedException if the thread is interrupted
     */
    public void await(BooleanSupplier condition, long deadlineNanos) throws InterruptedException {
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
