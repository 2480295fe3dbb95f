package org.seawall;

/**
 * The sequences that a batch got, both ends included. Sequences of a collection begin at 1, grow by 1 per entry and have
 * no gap; {@code first} belongs to the first entry of the batch, {@code last} to its last one.
 *
 * @param first sequence of the first entry, at least 1
 * @param last sequence of the last entry, at least {@code first}
 */
public record SequenceRange(long first, long last) {
    /**
     * Checks the order of the two ends.
     *
     * @throws IllegalArgumentException if {@code first} is below 1 or {@code last} below {@code first}
     */
    public SequenceRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a sequence range, first=" + first + ", last=" + last);
        }
    }

    /**
     * How many entries the range covers.
     *
     * @return at least 1
     */
    public long count() {
        return last - first + 1;
    }
}
