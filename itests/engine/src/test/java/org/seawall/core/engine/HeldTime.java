package org.seawall.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A time that stands until it is told to pass. */
final class HeldTime implements Delays {
    private record Later(long nanos, Runnable task) {}

    private final List<Later> later = new ArrayList<>();
    private long now;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void after(long nanos, Runnable task) {
        later.add(new Later(now + nanos, task));
    }

    /** Who rests lets it pass. */
    @Override
    public void rest(long nanos) {
        passNanos(nanos);
    }

    void pass(long millis) {
        passNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void passNanos(long nanos) {
        now += nanos;
        for (Later due : List.copyOf(later)) {
            if (due.nanos() <= now) {
                later.remove(due);
                due.task().run();
            }
        }
    }

    int waiting() {
        return later.size();
    }
}
