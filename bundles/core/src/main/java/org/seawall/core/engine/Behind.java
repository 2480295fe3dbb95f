package org.seawall.core.engine;

/**
 * What lies behind a log's snapshot, or in all of the log if there is none.
 *
 * @param bytes bytes of batches in segments
 * @param sinceMillis when the snapshot was taken or the log created, in milliseconds of Unix time
 * @param snapshotBytes length of the snapshot; 0 if there is none
 */
record Behind(long bytes, long sinceMillis, long snapshotBytes) {}
