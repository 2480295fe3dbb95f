package org.seawall;

/**
 * How far the recovery of a collection is.
 *
 * @param readBytes bytes of its files that were read
 * @param totalBytes bytes of the files that there are to read; 0 as long as they are not known
 */
public record RecoveryProgress(long readBytes, long totalBytes) {}
