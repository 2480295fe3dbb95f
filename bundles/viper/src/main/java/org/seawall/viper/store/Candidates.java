package org.seawall.viper.store;

import java.util.Arrays;

/** Rows whose ranks are estimated, with how near each may be at best; gone through from the nearest estimate on. For one thread. */
final class Candidates {
    private final int[] parts;
    private final int[] rows;
    private final float[] bounds;
    private final long[] order;
    private int count;

    Candidates(int size) {
        this.parts = new int[size];
        this.rows = new int[size];
        this.bounds = new float[size];
        this.order = new long[size];
    }

    void add(float rank, float bound, int part, int row) {
        parts[count] = part;
        rows[count] = row;
        bounds[count] = bound;
        order[count] = (long) ordered(rank) << 32 | count;
        count++;
    }

    /** An int of the order that the floats have. */
    private static int ordered(float rank) {
        int bits = Float.floatToRawIntBits(rank);
        return bits ^ bits >> 31 & 0x7fff_ffff;
    }

    void sort() {
        Arrays.sort(order, 0, count);
    }

    int count() {
        return count;
    }

    int part(int place) {
        return parts[(int) order[place]];
    }

    int row(int place) {
        return rows[(int) order[place]];
    }

    /** How near it may be. */
    float bound(int place) {
        return bounds[(int) order[place]];
    }
}
