package org.seawall.viper.store;

import java.time.Duration;
import org.seawall.search.SearchTimeoutException;

/**
 * When a search has to be done.
 *
 * @param endNanos on the clock of {@link System#nanoTime}
 * @param allowed how long it may take; 0 for any time
 */
public record Deadline(long endNanos, Duration allowed) {
    /** There is none. */
    public static final Deadline NONE = new Deadline(0, Duration.ZERO);

    /** More than that nobody waits for, and nanoseconds count to little more. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * A time from now on.
     *
     * @param time above 0
     * @return the end of it
     */
    public static Deadline in(Duration time) {
        return time.compareTo(LONGEST) > 0 ? NONE : new Deadline(System.nanoTime() + time.toNanos(), time);
    }

    /**
     * Looks at the clock.
     *
     * @throws SearchTimeoutException if it is over
     */
    public void check() {
        if (!allowed.isZero() && System.nanoTime() - endNanos > 0) {
            throw new SearchTimeoutException(
                    "search took longer than it may, allow more time or less effort, allowed=" + allowed);
        }
    }
}
