package org.seawall.viper.codes;

import org.seawall.catalog.Metric;

/**
 * The codes of many vectors: of each the signs of its rotated components around a centre, a scale that turns a sum over signs into an
 * estimate of an inner product, and one number more that the metric needs. The arrays are not copied and never changed.
 *
 * @param metric how vectors are compared
 * @param centre what was subtracted from each vector
 * @param seed of the rotation
 * @param bits {@link #words} for each row
 * @param scales for each row what the sum over signs is multiplied by
 * @param extras L2: the squared distance from the centre. COSINE: one over the norm, 0 for a zero vector. DOT: 0
 */
public record Codes(Metric metric, float[] centre, long seed, long[] bits, float[] scales, float[] extras) {

    /** Checks that the lengths fit. */
    public Codes {
        if (scales.length != extras.length || bits.length != (long) scales.length * words(centre.length)) {
            throw new IllegalArgumentException("codes do not fit, dimension=" + centre.length + ", words=" + bits.length
                    + ", scales=" + scales.length + ", extras=" + extras.length);
        }
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

    /** Components of a vector. */
    public int dimension() {
        return centre.length;
    }

    /** How many codes there are. */
    public int rows() {
        return scales.length;
    }

    /** The squared differences of a row's components from the centre are not kept, only what the metric needs. */
    @Override
    public String toString() {
        return "Codes[metric=" + metric + ", dimension=" + dimension() + ", rows=" + rows() + "]";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
