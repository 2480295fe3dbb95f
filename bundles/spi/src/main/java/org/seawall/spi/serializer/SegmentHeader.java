package org.seawall.spi.serializer;

import java.util.Objects;
import java.util.Optional;

/**
 * What the first bytes of a segment say.
 *
 * @param collection id of the collection, or a fixed word for a catalog
 * @param segment number of the segment, from 1; of a file that covers several, the last of them
 * @param epoch epoch of the writer that began it
 * @param firstSequence sequence of the first entry that it holds or will hold
 * @param predecessor file name of the segment before it, empty for the first; of a file that covers several, the name of the
 *     last of them
 * @param predecessorChain the chained checksum of everything up to the end of the predecessor; 0 for the first
 * @param successor the one file name that the segment behind it may have
 * @param covers for a snapshot or a compacted file what it stands for; empty for an ordinary segment
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
        Optional<Coverage> covers,
        long createdMillis) {
    /** Checks that all is there. */
    public SegmentHeader {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(predecessor, "predecessor");
        Objects.requireNonNull(successor, "successor");
        Objects.requireNonNull(covers, "covers");
    }

    /**
     * This header with another coverage.
     *
     * @param coverage what the file stands for
     * @return a copy
     */
    public SegmentHeader covering(Coverage coverage) {
        return new SegmentHeader(
                collection,
                segment,
                epoch,
                firstSequence,
                predecessor,
                predecessorChain,
                successor,
                Optional.of(coverage),
                createdMillis);
    }
}
