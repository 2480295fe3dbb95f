package org.seawall.filesystem.common;

import java.io.InterruptedIOException;
import java.time.Duration;

/** The attempts at one request. For one thread. */
final class Attempts {

    private final RetrySettings settings;
    private final RetryBudget budget;
    private final Pace pace;
    private final long begin;
    private int made = 1;

    Attempts(RetrySettings settings, RetryBudget budget, Pace pace, long begin) {
        this.settings = settings;
        this.budget = budget;
        this.pace = pace;
        this.begin = begin;
    }

    /** As many again, for another request of the same call and its deadline. */
    Attempts another() {
        return new Attempts(settings, budget, pace, begin);
    }

    /** Waits, and says whether there is to be a further attempt. */
    boolean again() throws InterruptedIOException {
        Duration delay = delay();
        long end = Math.addExact(pace.nanoTime() - begin, delay.toNanos());
        if (made >= settings.attempts() || end >= settings.deadline().toNanos() || !budget.take()) {
            return false;
        }
        made++;
        try {
            pace.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException ended = new InterruptedIOException("interrupted between attempts, made=" + made);
            ended.initCause(e);
            throw ended;
        }
        return true;
    }

    /** Full jitter: callers that failed together do not come back together. */
    private Duration delay() {
        double most = Math.min(
                settings.longestDelay().toNanos(), settings.firstDelay().toNanos() * Math.pow(2, made - 1));
        return Duration.ofNanos((long) (most * pace.random()));
    }

    void succeeded() {
        budget.give(made > 1 ? RetryBudget.COST + 1 : 1);
    }
}
