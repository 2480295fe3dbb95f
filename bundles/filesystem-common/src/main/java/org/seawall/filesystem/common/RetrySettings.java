package org.seawall.filesystem.common;

import java.time.Duration;

/**
 * How often and how long a request is sent again.
 *
 * @param attempts most attempts at one request, 1 to 100
 * @param firstDelay the longest wait before the second attempt; doubled for each one behind it
 * @param longestDelay what a wait never exceeds
 * @param deadline after how long of one call no further attempt begins
 * @param budget tokens of the whole file system, 0 for no limit. A further attempt takes 5 (as in the SDKs of several stores), a
 *     call that succeeds gives 1 back and what its last attempt took: a store that is down gets few requests more than calls
 */
public record RetrySettings(int attempts, Duration firstDelay, Duration longestDelay, Duration deadline, int budget) {

    /** What serves where nothing is set. */
    public static final RetrySettings DEFAULT =
            new RetrySettings(10, Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(60), 500);

    /** Checks the ranges. */
    public RetrySettings {
        Range.within("attempts", attempts, 1, 100);
        if (budget < 0) {
            throw new IllegalArgumentException("negative budget of retries, value=" + budget);
        }
        if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0 || deadline.isNegative()) {
            throw new IllegalArgumentException("delays out of order, first=" + firstDelay + ", longest=" + longestDelay
                    + ", deadline=" + deadline);
        }
    }
}
