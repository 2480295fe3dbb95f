package org.seawall.viper.codes;

import java.util.Arrays;
import org.seawall.catalog.Metric;

/** Makes codes of vectors, one after the other. For one thread. */
public final class CodesBuilder {
    private static final int FIRST_ROWS = 1024;

    private final Metric metric;
    private final float[] centre;
    private final long seed;
    private final RotationBlock block;
    private final double[] squares;
    private final double[] reciprocals;
    private final float[] rotated;
    private final float[] origin;
    private final int words;
    private long[] bits;
    private float[] scales = new float[FIRST_ROWS];
    private float[] extras = new float[FIRST_ROWS];
    private int rows;

    /** How many of them have no code yet: the last ones, in the lanes of the block. */
    private int waiting;

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
        this.block = new RotationBlock(new Rotation(Math.max(1, centre.length), seed));
        this.squares = new double[block.lanes()];
        this.reciprocals = new double[block.lanes()];
        this.rotated = new float[centre.length];
        this.origin = new float[centre.length];
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
        if (waiting == block.lanes()) {
            encode();
        }
        block.set(waiting, vector, centre);
        squares[waiting] = squares(vector, centre);
        double norm = metric == Metric.COSINE ? squares(vector, origin) : 0;
        reciprocals[waiting] = norm == 0 ? 0 : 1 / Math.sqrt(norm);
        waiting++;
        rows++;
    }

    /** Makes the codes of those that wait. */
    private void encode() {
        if (waiting == 0) {
            return;
        }
        block.apply();
        for (int lane = 0; lane < waiting; lane++) {
            int row = rows - waiting + lane;
            block.get(lane, rotated);
            double sum = signs(row * words);
            double scale = sum == 0 ? 0 : squares[lane] / sum;
            scales[row] = (float) (metric == Metric.COSINE ? scale * reciprocals[lane] : scale);
            extras[row] = (float)
                    switch (metric) {
                        case L2 -> squares[lane];
                        case COSINE -> reciprocals[lane];
                        case DOT -> 0;
                    };
        }
        waiting = 0;
    }

    // four sums, since the processor adds to one only after its last addition has ended
    private static double squares(float[] vector, float[] from) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (int end = vector.length - 3; i < end; i += 4) {
            a += square(vector[i] - from[i]);
            b += square(vector[i + 1] - from[i + 1]);
            c += square(vector[i + 2] - from[i + 2]);
            d += square(vector[i + 3] - from[i + 3]);
        }
        for (; i < vector.length; i++) {
            a += square(vector[i] - from[i]);
        }
        return a + b + (c + d);
    }

    private static double square(float value) {
        return (double) value * value;
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
        encode();
        return new Codes(
                metric,
                centre,
                seed,
                Arrays.copyOf(bits, rows * words),
                Arrays.copyOf(scales, rows),
                Arrays.copyOf(extras, rows));
    }
}
