package org.seawall.viper.codes;

import java.util.Arrays;

/**
 * The candidates with the smallest ranks among those that were offered; of equal ranks those of the first parts and rows. They are collected, and
 * when there are too many the worst go: that takes a part of the time of a heap, which would have each find its place. For one thread.
 */
public final class Selection {
    private static final int LEAST_SPARE = 512;
    private static final int MOST_SPARE = 8_192;

    private final int size;
    private final int spare;
    private long[] candidates;
    private float[] ranks;
    private int count;
    private final float floor;
    private float limit;

    /**
     * An empty selection.
     *
     * @param size how many are wanted, at least 1
     */
    public Selection(int size) {
        this(size, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    private Selection(int size, float floor, float limit) {
        this.floor = floor;
        this.limit = limit;
        this.size = size;
        this.spare = Math.max(LEAST_SPARE, Math.min(MOST_SPARE, size));
        this.candidates = new long[Math.min(size, MOST_SPARE) + spare];
        this.ranks = new float[candidates.length];
    }

    /**
     * A selection of all that are above one rank and below another.
     *
     * @param above what is not above was there before
     * @param below what is not below is of no use
     * @return without a candidate
     */
    public static Selection between(float above, float below) {
        return new Selection(Integer.MAX_VALUE - MOST_SPARE, above, below);
    }

    /**
     * Below which rank a candidate is of use.
     *
     * @return the limit, which gets smaller
     */
    public float limit() {
        return limit;
    }

    /**
     * Adds a candidate.
     *
     * @param rank below the limit
     * @param part its part
     * @param row its row in the part
     * @return the limit from now on
     */
    public float add(float rank, int part, int row) {
        if (rank <= floor) {
            return limit;
        }
        if (count == ranks.length) {
            makeRoom();
        }
        candidates[count] = (long) part << 32 | row;
        ranks[count++] = rank;
        return limit;
    }

    private void makeRoom() {
        if (count < size + spare) {
            int longer = (int) Math.min(size + spare, 2L * count);
            candidates = Arrays.copyOf(candidates, longer);
            ranks = Arrays.copyOf(ranks, longer);
        } else {
            dropTheWorst();
        }
    }

    /** Leaves as many as are wanted, and sets the limit to the largest rank among them: the quickselect of Hoare. */
    private void dropTheWorst() {
        int last = size - 1;
        int from = 0;
        int to = count - 1;
        while (from < to) {
            float rank = ranks[last];
            long candidate = candidates[last];
            int low = from;
            int high = to;
            while (low <= high) {
                while (before(low, rank, candidate)) {
                    low++;
                }
                while (behind(high, rank, candidate)) {
                    high--;
                }
                if (low <= high) {
                    swap(low++, high--);
                }
            }
            from = high < last ? low : from;
            to = low > last ? high : to;
        }
        count = size;
        limit = ranks[last];
    }

    private boolean before(int place, float rank, long candidate) {
        return ranks[place] < rank || ranks[place] == rank && candidates[place] < candidate;
    }

    private boolean behind(int place, float rank, long candidate) {
        return ranks[place] > rank || ranks[place] == rank && candidates[place] > candidate;
    }

    private void swap(int one, int other) {
        float rank = ranks[one];
        ranks[one] = ranks[other];
        ranks[other] = rank;
        long candidate = candidates[one];
        candidates[one] = candidates[other];
        candidates[other] = candidate;
    }

    /** How many there are. */
    public int count() {
        if (count > size) {
            dropTheWorst();
        }
        return count;
    }

    /** The part of a candidate below {@link #count}. */
    public int part(int index) {
        return (int) (candidates[index] >>> 32);
    }

    /** The row of a candidate in its part. */
    public int row(int index) {
        return (int) candidates[index];
    }
}
