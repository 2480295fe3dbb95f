package org.seawall.viper.codes;

/** The candidates with the smallest ranks among those that were offered; of equal ranks at the limit those that came first. For one thread. */
public final class Selection {
    private final long[] candidates;
    private final float[] ranks;
    private int count;

    /**
     * An empty selection.
     *
     * @param size how many are wanted, at least 1
     */
    public Selection(int size) {
        this.candidates = new long[size];
        this.ranks = new float[size];
    }

    /**
     * Below which rank a candidate is of use.
     *
     * @return the limit, which gets smaller
     */
    public float limit() {
        return count < ranks.length ? Float.POSITIVE_INFINITY : ranks[0];
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
        long candidate = (long) part << 32 | row;
        if (count < ranks.length) {
            rise(count++, rank, candidate);
        } else {
            sink(rank, candidate);
        }
        return limit();
    }

    /** A heap with the largest rank on top: a new one from below. */
    private void rise(int begin, float rank, long candidate) {
        int at = begin;
        while (at > 0) {
            int above = at - 1 >>> 1;
            if (ranks[above] >= rank) {
                break;
            }
            ranks[at] = ranks[above];
            candidates[at] = candidates[above];
            at = above;
        }
        ranks[at] = rank;
        candidates[at] = candidate;
    }

    /** A new one in the place of the top. */
    private void sink(float rank, long candidate) {
        int at = 0;
        for (int below = 1; below < count; below = 2 * at + 1) {
            int larger = below + 1 < count && ranks[below + 1] > ranks[below] ? below + 1 : below;
            if (ranks[larger] <= rank) {
                break;
            }
            ranks[at] = ranks[larger];
            candidates[at] = candidates[larger];
            at = larger;
        }
        ranks[at] = rank;
        candidates[at] = candidate;
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
