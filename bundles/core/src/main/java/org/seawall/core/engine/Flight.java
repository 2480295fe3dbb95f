package org.seawall.core.engine;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The groups of a log that are with the storage and not settled, in their order, and when the next one may follow: at once if
 * there are none, and otherwise, as long as there is room, when its batches have waited long enough for others or are enough.
 * For the commit thread.
 */
final class Flight {
    private final Session session;

    /** Runs the commit thread, if it does not run. */
    private final Runnable wake;

    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private boolean waiting;
    private long waitingSinceNanos;

    Flight(Session session, Runnable wake) {
        this.session = session;
        this.wake = wake;
    }

    boolean isEmpty() {
        return sent.isEmpty();
    }

    /** Takes a group that was handed to the storage; the commit thread is woken when it is to be settled. */
    void add(Sent group) {
        waiting = false;
        sent.add(group);
        if (!group.written().isDone()) {
            group.written().whenComplete((nothing, failure) -> wake.run());
        }
    }

    /** Whether it is known what became of the first of them. */
    boolean settles() {
        return !sent.isEmpty() && sent.peek().written().isDone();
    }

    /** The first of them, which is one no more. */
    Sent settled() {
        return sent.remove();
    }

    /**
     * Whether a group may follow now. If it may not the commit thread is woken when that may have changed.
     *
     * @param mostGroups how many may be with the storage
     * @param waitingBytes of the batches that wait
     */
    boolean hasRoom(int mostGroups, long waitingBytes) {
        EngineSettings settings = session.settings();
        long window = TimeUnit.MILLISECONDS.toNanos(settings.window().millis());
        if (sent.isEmpty() || window == 0) {
            return sent.size() < mostGroups;
        }
        if (!waiting) {
            waiting = true;
            waitingSinceNanos = session.delays().nanoTime();
            session.delays().after(window, wake);
        }
        boolean goes =
                waitingBytes >= settings.groupBytes() || session.delays().nanoTime() - waitingSinceNanos >= window;
        return goes && sent.size() < mostGroups;
    }
}
