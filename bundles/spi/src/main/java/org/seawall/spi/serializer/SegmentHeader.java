package org.seawall.spi.serializer;

import java.util.Objects;

/**
 * What the first bytes of a segment say.
 *
 * @param collection id of the collection, or a fixed word for a catalog
 * @param segment number of the segment, from 1; of a snapshot the last segment that it covers
 * @param epoch epoch of the writer that began it
 * @param firstSequence sequence of the first entry that it holds or will hold
 * @param predecessor file name of the segment before it; empty for the first
 * @param predecessorChain the chained checksum of everything up to the end of the predecessor; 0 for the first
 * @param successor the one file name that the segment behind it may have
 * @param snapshotSequence for a snapshot the sequence up to which it holds the live entries; 0 for a segment
 * @param createdMillis when it was begun, in milliseconds of Unix time; orders nothing
 */
public record SegmentHeader(
        String collection,
        long segment,
        long epoch,
        long firstSequence,
        String predecessor,
        int predecessorChain,
        String successor,
        long snapshotSequence,
        long createdMillis) {
    /** Checks that all is there. */
    public SegmentHeader {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(predecessor, "predecessor");
        Objects.requireNonNull(successor, "successor");
    }
}
