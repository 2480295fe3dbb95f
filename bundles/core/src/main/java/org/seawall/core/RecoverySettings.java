package org.seawall.core;

/**
 * How collections are recovered. Times in milliseconds, sizes in bytes.
 *
 * @param threads collections of a directory that are recovered at the same time
 * @param reads segments of a directory that are read at the same time
 * @param readBytes bytes of a directory's segments that are read ahead
 * @param stallMillis how long the opening of a log waits while no directory gets any further
 */
record RecoverySettings(int threads, int reads, long readBytes, long stallMillis) {

    /**
     * Checks what is configured.
     *
     * @throws IllegalArgumentException naming the attribute, its value and its range
     */
    static RecoverySettings of(LogConfiguration configuration) {
        int threads = (int) Range.within("recoveryThreads", configuration.recoveryThreads(), 0, 256);
        return new RecoverySettings(
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                (int) Range.within("recoveryReads", configuration.recoveryReads(), 0, 256),
                Range.within("recoveryReadBytes", configuration.recoveryReadBytes(), 0, Long.MAX_VALUE),
                Range.within("recoveryStallMillis", configuration.recoveryStallMillis(), 0, Long.MAX_VALUE));
    }
}
