package org.seawall.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of segments that are read ahead, over all logs that share the budget. Safe for use by several threads. */
public final class ReadBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /**
     * A budget of which nothing is taken.
     *
     * @param limitBytes the most that is taken at a time
     */
    public ReadBudget(long limitBytes) {
        this.limit = limitBytes;
    }

    /** Takes bytes unless that would be over the limit. */
    boolean take(long bytes) {
        long before = taken.getAndAdd(bytes);
        if (before + bytes > limit) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long takenBytes() {
        return taken.get();
    }
}
