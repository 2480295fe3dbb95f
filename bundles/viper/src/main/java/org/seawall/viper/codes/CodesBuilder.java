package org.seawall.viper.codes;

import java.util.Arrays;
import org.seawall.catalog.Metric;

/** Makes codes of vectors, one after the other. For one thread. */
public final class CodesBuilder {
    private static final int FIRST_ROWS = 1024;

    private final Metric metric;
    private final float[] centre;
    private final long seed;
    private final Rotation rotation;
    private final float[] difference;
    private final float[] rotated;
    private final int words;
    private long[] bits;
    private float[] scales = new float[FIRST_ROWS];
    private float[] extras = new float[FIRST_ROWS];
    private int rows;

    /**
     * A builder without a vector.
     *
     * @param metric how the vectors are compared
     * @param centre near their mean, which makes the codes tell most; not copied
     * @param seed of the rotation
     */
    public CodesBuilder(Metric metric, float[] centre, long seed) {
        this.metric = metric;
        this.centre = centre;
        this.seed = seed;
        this.rotation = new Rotation(Math.max(1, centre.length), seed);
        this.difference = new float[centre.length];
        this.rotated = new float[centre.length];
        this.words = Codes.words(centre.length);
        this.bits = new long[FIRST_ROWS * words];
    }

    /**
     * Adds a vector behind all others.
     *
     * @param vector of the centre's dimension; not changed and not kept
     */
    public void add(float[] vector) {
        if (rows == scales.length) {
            grow();
        }
        for (int i = 0; i < difference.length; i++) {
            difference[i] = vector[i] - centre[i];
        }
        double squares = squares(difference);
        double norm = metric == Metric.COSINE ? squares(vector) : 0;
        rotation.apply(difference, rotated);
        double sum = signs(rows * words);
        double scale = sum == 0 ? 0 : squares / sum;
        double reciprocal = norm == 0 ? 0 : 1 / Math.sqrt(norm);
        scales[rows] = (float) (metric == Metric.COSINE ? scale * reciprocal : scale);
        extras[rows] = (float)
                switch (metric) {
                    case L2 -> squares;
                    case COSINE -> reciprocal;
                    case DOT -> 0;
                };
        rows++;
    }

    // four sums, since the processor adds to one only after its last addition has ended
    private static double squares(float[] vector) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (int end = vector.length - 3; i < end; i += 4) {
            a += (double) vector[i] * vector[i];
            b += (double) vector[i + 1] * vector[i + 1];
            c += (double) vector[i + 2] * vector[i + 2];
            d += (double) vector[i + 3] * vector[i + 3];
        }
        for (; i < vector.length; i++) {
            a += (double) vector[i] * vector[i];
        }
        return a + b + (c + d);
    }

    /** Sets the bits of the row and tells the sum of the magnitudes. */
    private double signs(int begin) {
        double sum = 0;
        for (int word = 0; word < words; word++) {
            long code = 0;
            int first = word << 6;
            int end = Math.min(64, rotated.length - first);
            float part = 0;
            for (int bit = 0; bit < end; bit++) {
                float value = rotated[first + bit];
                code |= (long) (~Float.floatToRawIntBits(value) >>> 31) << bit;
                part += Math.abs(value);
            }
            bits[begin + word] = code;
            sum += part;
        }
        return sum;
    }

    private void grow() {
        long longest = words == 0 ? Integer.MAX_VALUE - 8 : (Integer.MAX_VALUE - 8) / words;
        int length = (int) Math.min(longest, rows * 2L);
        if (length == rows) {
            throw new IllegalStateException("too many codes for one array, rows=" + rows + ", words=" + words);
        }
        bits = Arrays.copyOf(bits, length * words);
        scales = Arrays.copyOf(scales, length);
        extras = Arrays.copyOf(extras, length);
    }

    /**
     * The codes of all vectors that were added.
     *
     * @return a copy
     */
    public Codes build() {
        return new Codes(
                metric,
                centre,
                seed,
                Arrays.copyOf(bits, rows * words),
                Arrays.copyOf(scales, rows),
                Arrays.copyOf(extras, rows));
    }
}
