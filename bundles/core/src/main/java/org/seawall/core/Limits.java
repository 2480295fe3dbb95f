package org.seawall.core;

/**
 * What the appends of a log may take together. Above a soft limit they are held back, at a hard one refused.
 *
 * @param inFlightBytes bytes that are not durable yet
 * @param inFlightSoftBytes the same, softly
 * @param memoryBytes bytes of entries in memory, those in flight among them
 * @param memorySoftBytes the same, softly
 * @param backpressureMillis how long an append is held back at most; 0 for never
 */
record Limits(
        long inFlightBytes, long inFlightSoftBytes, long memoryBytes, long memorySoftBytes, long backpressureMillis) {}
