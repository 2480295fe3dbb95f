package org.seawall.core.directory;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;

/**
 * Where callers pass to what a session works with. While the session changes the gate is held: who is inside goes on, who
 * comes waits in a line, in the order of arrival, until the gate is released, or refused when that takes too long. Passing
 * costs two additions.
 *
 * <p>Safe for use by several threads. {@link #hold} and {@link #release} are for one thread at a time.
 */
public final class SessionGate {
    /** Somebody in the line. Called once, by the thread that releases or refuses; must not wait. */
    public interface Waiting {
        /** The gate is released; those who come later are still behind. */
        void goOn();

        /**
         * The wait is over in vain.
         *
         * @param refused why; nothing was done
         */
        void refused(SeawallException refused);
    }

    private static final int HELD = Integer.MIN_VALUE;

    /** How many are inside, and the sign if the gate is held. */
    private final AtomicInteger inside = new AtomicInteger();

    private final Object monitor = new Object();
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private long endNanos;
    private boolean releasing;

    /** A gate that lets everybody through. */
    public SessionGate() {}

    /**
     * Passes, unless the gate is held. Who has passed leaves.
     *
     * @return whether the caller has passed
     */
    public boolean enter() {
        int before = inside.get();
        while (before >= 0) {
            if (inside.compareAndSet(before, before + 1)) {
                return true;
            }
            before = inside.get();
        }
        return false;
    }

    /** Leaves. */
    public void leave() {
        if (inside.decrementAndGet() == HELD) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    /**
     * Does something inside, and waits before if the gate is held. For work that somebody waits for anyway.
     *
     * @param work what to do
     * @return what came of it
     * @throws LogUnavailableException if the gate is held for too long; nothing was done
     */
    public <T> T pass(Supplier<T> work) {
        while (!enter()) {
            awaitRelease();
        }
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** Waits while the gate is held. */
    private void awaitRelease() {
        synchronized (monitor) {
            try {
                while (held()) {
                    long left = endNanos - System.nanoTime();
                    if (left <= 0 && !releasing) {
                        throw new LogUnavailableException("services of the log have changed for too long, try again");
                    }
                    TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(left, 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogUnavailableException("interrupted while the services of the log change", e);
            }
        }
    }

    /**
     * Waits while the line goes on, so that it comes to its end. Not for a thread that the line waits for.
     *
     * @return false at once if it does not
     */
    public boolean awaitOpening() {
        synchronized (monitor) {
            if (!releasing) {
                return false;
            }
        }
        awaitRelease();
        return true;
    }

    /**
     * Joins the line, if the gate is held.
     *
     * @param waiting is told once
     * @return false if the gate is not held any more; then nobody is told
     */
    public boolean join(Waiting waiting) {
        synchronized (monitor) {
            if (!held()) {
                return false;
            }
            line.add(waiting);
            return true;
        }
    }

    /**
     * Whether those who come have to wait.
     *
     * @return true from {@link #hold} to {@link #release} or {@link #refuse}
     */
    public boolean held() {
        return inside.get() < 0;
    }

    /**
     * How much longer those who come wait at most.
     *
     * @return milliseconds; 0 if the gate is not held
     */
    public long leftMillis() {
        synchronized (monitor) {
            return held() ? Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())) : 0;
        }
    }

    /**
     * Lets nobody through from now on. Holding a gate that is held does nothing.
     *
     * @param timeoutMillis how long those who come wait at most; somebody has to {@link #refuse} them then
     * @return whether it was not held before
     */
    public boolean hold(long timeoutMillis) {
        synchronized (monitor) {
            if (held()) {
                return false;
            }
            endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            inside.getAndAdd(HELD);
            return true;
        }
    }

    /**
     * Waits until nobody is inside a held gate, as long as those who come would wait, and no longer than it is told.
     *
     * @param atMostMillis how long
     * @return whether nobody is
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitEmpty(long atMostMillis) throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
        synchronized (monitor) {
            while (inside.get() != HELD && held()) {
                long now = System.nanoTime();
                long left = Math.min(endNanos - now, latest - now);
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(monitor, left);
            }
            return true;
        }
    }

    /** Lets the line go on, in its order, and then everybody. */
    public void release() {
        synchronized (monitor) {
            releasing = held();
        }
        for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
            next.get().goOn();
        }
    }

    /** The first of the line; if there is none the gate is open, so that nobody overtakes. */
    private Optional<Waiting> next() {
        synchronized (monitor) {
            if (line.isEmpty()) {
                open();
            }
            return Optional.ofNullable(line.poll());
        }
    }

    /**
     * Refuses the line if it has waited for as long as it may, and lets everybody through who comes, to find for himself
     * what is wrong. A line that goes on is left alone.
     *
     * @param why what they are told
     */
    public void refuseIfLate(SeawallException why) {
        boolean late;
        synchronized (monitor) {
            late = held() && !releasing && endNanos - System.nanoTime() <= 0;
        }
        if (late) {
            refuse(why);
        }
    }

    /**
     * Refuses the line, and lets everybody through who comes.
     *
     * @param why what they are told
     */
    public void refuse(SeawallException why) {
        ArrayDeque<Waiting> refused;
        synchronized (monitor) {
            refused = new ArrayDeque<>(line);
            line.clear();
            open();
        }
        refused.forEach(waiting -> waiting.refused(why));
    }

    private void open() {
        if (held()) {
            releasing = false;
            inside.getAndAdd(HELD);
            monitor.notifyAll();
        }
    }
}
