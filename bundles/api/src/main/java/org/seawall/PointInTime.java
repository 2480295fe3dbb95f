package org.seawall;

import java.time.Instant;
import java.util.Objects;

/** A point in the past of a collection, for {@link WriteAheadLog#view}. */
public sealed interface PointInTime {
    /**
     * Behind the entry of a sequence.
     *
     * @param sequence 0 for the empty collection, or the sequence of the last entry that counts
     */
    record AtSequence(long sequence) implements PointInTime {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if the sequence is negative
         */
        public AtSequence {
            if (sequence < 0) {
                throw new IllegalArgumentException("negative sequence, sequence=" + sequence);
            }
        }
    }

    /**
     * Behind the last batch that was committed at a moment or before it, by the clock of the batch's writer.
     *
     * @param moment the moment; commits are known to the millisecond
     */
    record AtMoment(Instant moment) implements PointInTime {
        /** Checks that the moment is there. */
        public AtMoment {
            Objects.requireNonNull(moment, "moment");
        }
    }

    /**
     * Behind the entry of a sequence.
     *
     * @param sequence 0 for the empty collection, or the sequence of the last entry that counts
     * @return the point
     * @throws IllegalArgumentException if the sequence is negative
     */
    static PointInTime atSequence(long sequence) {
        return new AtSequence(sequence);
    }

    /**
     * Behind the last batch that was committed at a moment or before it.
     *
     * @param moment the moment
     * @return the point
     */
    static PointInTime atMoment(Instant moment) {
        return new AtMoment(moment);
    }
}
