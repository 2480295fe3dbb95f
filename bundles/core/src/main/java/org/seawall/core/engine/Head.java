package org.seawall.core.engine;

import java.util.Optional;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.strategy.SegmentFile;

/**
 * Where a log goes on: what its newest segment says, and what follows from it.
 *
 * @param segment number of the newest segment; 0 if there is none
 * @param name the file name that belongs to that segment; empty if there is none
 * @param chain the chained checksum up to here
 * @param successor the file name of the next segment
 * @param nextSequence the sequence of the next entry
 * @param epoch the highest epoch seen
 * @param active the segment to go on with, if the strategy has such a one
 */
record Head(
        long segment,
        String name,
        int chain,
        String successor,
        long nextSequence,
        long epoch,
        Optional<ActiveEnd> active) {

    /**
     * The active segment and its end.
     *
     * @param file the file
     * @param serializer what wrote it
     * @param format its format
     * @param end where its last valid batch ends
     * @param torn whether a write that was cut off stands behind the end
     */
    record ActiveEnd(SegmentFile file, BatchSerializer serializer, SegmentFormat format, long end, boolean torn) {}

    static Head founded(LogLayout layout) {
        return new Head(0, "", 0, layout.firstName(), 1, 0, Optional.empty());
    }

    Head withBatch(int checksum, long lastSequence, long batchEpoch) {
        return withBatches(Chain.next(chain, checksum), lastSequence, batchEpoch);
    }

    /** Behind batches over whose checksums the chain went on. */
    Head withBatches(int newChain, long lastSequence, long batchEpoch) {
        return new Head(segment, name, newChain, successor, lastSequence + 1, Math.max(epoch, batchEpoch), active);
    }

    /** The same place for who goes on in an epoch above another's too. */
    Head above(long otherEpoch) {
        return new Head(segment, name, chain, successor, nextSequence, Math.max(epoch, otherEpoch), active);
    }

    /** The same place, with no segment to go on with. */
    Head withoutActive() {
        return new Head(segment, name, chain, successor, nextSequence, epoch, Optional.empty());
    }

    Head withActive(ActiveEnd end) {
        return new Head(segment, name, chain, successor, nextSequence, epoch, Optional.of(end));
    }
}
