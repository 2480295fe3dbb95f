package org.seawall.core.engine;

/**
 * What becomes of old entries and of the files that they are in.
 *
 * @param versions how many of the newest versions of an id survive a snapshot or a compaction, at least 1
 * @param archiveMillis how long an archived generation is kept, in milliseconds; 0 for no limit
 * @param compactSegments how many small segments in a row are merged; 0 for never
 * @param compactBytes below what length a segment is small
 * @param cleanPercent from what share of dead bytes in memory on a collection is cleaned; 0 for never
 * @param cleanBytes fewer dead bytes are left alone
 */
public record Retention(
        int versions, long archiveMillis, int compactSegments, long compactBytes, int cleanPercent, long cleanBytes) {
    /** One version, archives of any age, 64 segments below 8 MiB, a half dead and at least 16 MiB. */
    public static final Retention DEFAULT = new Retention(1, 0, 64, 8 << 20, 50, 16 << 20);
}
