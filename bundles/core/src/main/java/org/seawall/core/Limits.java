package org.seawall.core;

/**
 * What appends may take.
 *
 * @param maxEntryBytes bytes of one encoded entry
 * @param maxBatchBytes bytes of one encoded batch
 * @param maxBatchEntries entries of one batch
 * @param inFlightBytes bytes that are not durable yet, over all collections
 * @param memoryBytes bytes of entries in memory, over all collections
 */
record Limits(int maxEntryBytes, int maxBatchBytes, int maxBatchEntries, long inFlightBytes, long memoryBytes) {}
