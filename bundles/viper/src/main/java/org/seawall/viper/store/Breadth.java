package org.seawall.viper.store;

/**
 * How broadly an approximate search looks.
 *
 * @param coarse how many candidates come through the signs of a query, as a factor of the usual number; above 0
 * @param deviations how many standard deviations an estimate may be off before its vector is not read; above 0
 */
public record Breadth(float coarse, float deviations) {
    /** The default. */
    public static final Breadth USUAL = new Breadth(1, 2.5f);

    private static final float FARTHER = 0.5f;
    private static final double LEAST_DEVIATIONS = 0.25;
    private static final double LEAST_COARSE = 0.1;
    private static final double USUAL_MISSED = 0.006;
    private static final double COARSE_EXPONENT = 0.5;

    /** Checks the ranges. */
    public Breadth {
        if (!(coarse > 0) || !(deviations > 0)) {
            throw new IllegalArgumentException(
                    "breadth out of range, expected above 0, coarse=" + coarse + ", deviations=" + deviations);
        }
    }

    /**
     * So many times the usual candidates, with half a deviation more for each time.
     *
     * @param factor at least 1, which is the default
     * @return the breadth
     */
    public static Breadth effort(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("effort out of range, expected at least 1, effort=" + factor);
        }
        return new Breadth(factor, USUAL.deviations + 0.5f * (factor - 1));
    }

    /**
     * What is to find a share of the true results: an estimate is off by more than z deviations as often as a normal distribution says, and the
     * candidates are so many that fewer still are missing among them. The usual breadth is that of 0.994.
     *
     * @param share above 0 and below 1
     * @return the breadth
     */
    public static Breadth recall(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("recall out of range, expected above 0 and below 1, recall=" + share);
        }
        double missed = 1 - share;
        float deviations = (float) Math.max(LEAST_DEVIATIONS, quantile(missed));
        float coarse = (float) Math.max(LEAST_COARSE, Math.pow(USUAL_MISSED / missed, COARSE_EXPONENT));
        return new Breadth(coarse, deviations);
    }

    /**
     * How many standard deviations of the rank that selects candidates they have to go behind the farthest that was found, or more are taken:
     * more than an estimate may be off by, since many rows are there at the far end.
     *
     * @return above 0
     */
    public float reach() {
        return deviations + FARTHER;
    }

    /** From where on a standard normal distribution has so much, up to a half; Abramowitz and Stegun, 26.2.23, good to 0.0005. */
    private static double quantile(double share) {
        if (share > 0.5) {
            return -quantile(1 - share);
        }
        double t = Math.sqrt(-2 * Math.log(share));
        return t
                - (2.515517 + 0.802853 * t + 0.010328 * t * t)
                        / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    }
}
