package org.seawall.viper.codes;

/** The mean of vectors that come one after the other. For one thread. */
public final class Mean {
    private final double[] sums;
    private double weight;

    /**
     * A mean of nothing.
     *
     * @param dimension components of each vector
     */
    public Mean(int dimension) {
        this.sums = new double[dimension];
    }

    /**
     * Adds a vector, or the mean of several.
     *
     * @param vector not changed and not kept
     * @param times how many vectors it stands for
     */
    public void add(float[] vector, double times) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += vector[i] * times;
        }
        weight += times;
    }

    /**
     * The mean so far.
     *
     * @return a new array; zeroes if there was nothing
     */
    public float[] value() {
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = weight == 0 ? 0 : (float) (sums[i] / weight);
        }
        return mean;
    }
}
