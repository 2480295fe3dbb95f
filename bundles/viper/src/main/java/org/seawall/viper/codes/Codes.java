package org.seawall.viper.codes;

import org.seawall.catalog.Metric;

/**
 * The codes of many vectors: of each the signs of its rotated components around a centre, a scale that turns a sum over signs into an
 * estimate of an inner product, and one number more that the metric needs. The arrays are not copied and never changed. Safe for use by
 * several threads.
 */
public final class Codes {
    private final Metric metric;
    private final float[] centre;
    private final long seed;
    private final long[] bits;
    private final float[] scales;
    private final float[] extras;
    private final Rotation rotation;
    private final float largestScale;
    private final float leastExtra;
    private final float largestExtra;

    /**
     * Puts codes together.
     *
     * @param metric how vectors are compared
     * @param centre what was subtracted from each vector
     * @param seed of the rotation
     * @param bits {@link #words} for each row
     * @param scales for each row what the sum over signs is multiplied by
     * @param extras L2: the squared distance from the centre. COSINE: one over the norm, 0 for a zero vector. DOT: 0
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public Codes(Metric metric, float[] centre, long seed, long[] bits, float[] scales, float[] extras) {
        if (scales.length != extras.length || bits.length != (long) scales.length * words(centre.length)) {
            throw new IllegalArgumentException("codes do not fit, dimension=" + centre.length + ", words=" + bits.length
                    + ", scales=" + scales.length + ", extras=" + extras.length);
        }
        this.metric = metric;
        this.centre = centre;
        this.seed = seed;
        this.bits = bits;
        this.scales = scales;
        this.extras = extras;
        this.rotation = new Rotation(Math.max(1, centre.length), seed);
        float scale = 0;
        float least = extras.length == 0 ? 0 : extras[0];
        float largest = least;
        for (int row = 0; row < scales.length; row++) {
            scale = Math.max(scale, scales[row]);
            least = Math.min(least, extras[row]);
            largest = Math.max(largest, extras[row]);
        }
        this.largestScale = scale;
        this.leastExtra = least;
        this.largestExtra = largest;
    }

    /**
     * Words of 64 bits for a code.
     *
     * @param dimension bits
     * @return words
     */
    public static int words(int dimension) {
        return (dimension + 63) >>> 6;
    }

    /** How vectors are compared. */
    public Metric metric() {
        return metric;
    }

    /** What was subtracted from each vector. */
    public float[] centre() {
        return centre;
    }

    /** Of the rotation. */
    public long seed() {
        return seed;
    }

    /** {@link #words} for each row. */
    public long[] bits() {
        return bits;
    }

    /** For each row what the sum over signs is multiplied by. */
    public float[] scales() {
        return scales;
    }

    /** What else the metric needs of each row. */
    public float[] extras() {
        return extras;
    }

    /** Components of a vector. */
    public int dimension() {
        return centre.length;
    }

    /** How many codes there are. */
    public int rows() {
        return scales.length;
    }

    /** Of all rows. */
    float largestScale() {
        return largestScale;
    }

    /** Of all rows; 0 if there are none. */
    float leastExtra() {
        return leastExtra;
    }

    /** Of all rows; 0 if there are none. */
    float largestExtra() {
        return largestExtra;
    }

    Rotation rotation() {
        return rotation;
    }
}
