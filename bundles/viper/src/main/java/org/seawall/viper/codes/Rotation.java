package org.seawall.viper.codes;

/**
 * A random rotation of vectors, so that no component tells more than another whatever the data is. Three rounds of: change places,
 * flip signs, mix by a Hadamard transform of the first and one of the last 2^n components, which overlap. Fixed by its seed for ever, since
 * codes on storage depend on it. Safe for use by several threads.
 */
public final class Rotation {
    static final int ROUNDS = 3;

    private final int dimension;
    private final int block;
    private final int[][] places = new int[ROUNDS][];
    private final float[][] signs = new float[ROUNDS][];

    /**
     * The rotation of a seed.
     *
     * @param dimension components of each vector, at least 1
     * @param seed any
     */
    public Rotation(int dimension, long seed) {
        this.dimension = dimension;
        this.block = Integer.highestOneBit(dimension);
        long state = seed;
        for (int round = 0; round < ROUNDS; round++) {
            places[round] = new int[dimension];
            signs[round] = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                state += 0x9e37_79b9_7f4a_7c15L;
                long drawn = mixed(state);
                signs[round][i] = (drawn & 1) == 0 ? 1 : -1;
                int other = (int) ((drawn >>> 33) * (i + 1) >>> 31);
                places[round][i] = places[round][other];
                places[round][other] = i;
            }
        }
    }

    /** The function of SplitMix64. */
    private static long mixed(long state) {
        long z = (state ^ state >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }

    int dimension() {
        return dimension;
    }

    /** Components of one transform. */
    int block() {
        return block;
    }

    /** What a transform is multiplied by to keep lengths. */
    float scale() {
        return (float) (1 / Math.sqrt(block));
    }

    /** Of a round: from where each component comes. */
    int[] places(int round) {
        return places[round];
    }

    /** Of a round: what it is multiplied by then, 1 or -1. */
    float[] signs(int round) {
        return signs[round];
    }

    /**
     * Rotates a vector. Lengths and angles stay as they are.
     *
     * @param vector the vector; unspecified afterwards
     * @param target takes the rotated vector
     */
    public void apply(float[] vector, float[] target) {
        float[] from = vector;
        float[] to = target;
        for (int round = 0; round < ROUNDS; round++) {
            place(from, to, places[round], signs[round]);
            mix(to, 0, from);
            if (block < dimension) {
                mix(to, dimension - block, from);
            }
            float[] swap = from;
            from = to;
            to = swap;
        }
        if (from != target) {
            System.arraycopy(from, 0, target, 0, dimension);
        }
    }

    private static void place(float[] from, float[] to, int[] places, float[] signs) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[places[i]] * signs[i];
        }
    }

    /** A Hadamard transform in place, with an array to go back and forth to: two steps at a time. */
    private void mix(float[] values, int begin, float[] spare) {
        float scale = scale();
        int half = block >> 1;
        if (half == 0) {
            return;
        }
        float[] from = values;
        int fromBegin = begin;
        float[] to = spare;
        int toBegin = 0;
        for (int step = 1; step < block; step <<= 1) {
            // neighbours go to both halves: the same loop in every step, and after all of them each is in its place
            // again
            for (int i = 0; i < half; i++) {
                float a = from[fromBegin + 2 * i];
                float b = from[fromBegin + 2 * i + 1];
                to[toBegin + i] = a + b;
                to[toBegin + half + i] = a - b;
            }
            float[] swap = from;
            from = to;
            to = swap;
            int swapBegin = fromBegin;
            fromBegin = toBegin;
            toBegin = swapBegin;
        }
        for (int i = 0; i < block; i++) {
            values[begin + i] = from[fromBegin + i] * scale;
        }
    }
}
