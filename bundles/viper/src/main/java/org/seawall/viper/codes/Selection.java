package org.seawall.viper.codes;

import java.util.Arrays;

/**
 * The candidates with the smallest ranks among those that were offered, about: at least the {@code size} smallest, and at most twice as
 * many until {@link #settle}. For one thread.
 */
public final class Selection {
    private final int size;
    private final long[] candidates;
    private final float[] ranks;
    private final float[] work;
    private int count;
    private float limit = Float.POSITIVE_INFINITY;

    /**
     * An empty selection.
     *
     * @param size how many are wanted, at least 1
     */
    public Selection(int size) {
        this.size = size;
        this.candidates = new long[2 * size];
        this.ranks = new float[2 * size];
        this.work = new float[2 * size];
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
        candidates[count] = (long) part << 32 | row;
        ranks[count++] = rank;
        if (count == ranks.length) {
            settle();
        }
        return limit;
    }

    /** Drops all but the {@code size} smallest. Of equal ranks at the limit those that came first stay. */
    public void settle() {
        if (count <= size) {
            return;
        }
        System.arraycopy(ranks, 0, work, 0, count);
        Arrays.sort(work, 0, count);
        limit = work[size - 1];
        int below = 0;
        while (work[below] < limit) {
            below++;
        }
        int equal = size - below;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (ranks[i] < limit || ranks[i] == limit && equal-- > 0) {
                candidates[kept] = candidates[i];
                ranks[kept++] = ranks[i];
            }
        }
        count = kept;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The part of a candidate. */
    public int part(int index) {
        return (int) (candidates[index] >>> 32);
    }

    /** The row of a candidate in its part. */
    public int row(int index) {
        return (int) candidates[index];
    }
}
