package org.seawall.viper.rank;

/**
 * Sums over the components of two vectors of one length, in double precision: a sum of whole numbers below 2^53 is exact,
 * so equally near entries compare as equal.
 */
public final class Products {
    private Products() {}

    /** The squared distance of two vectors. */
    // four sums, since the processor adds to one only after its last addition has ended
    public static double squaredDistance(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (int end = a.length - 3; i < end; i += 4) {
            double d0 = a[i] - b[i];
            double d1 = a[i + 1] - b[i + 1];
            double d2 = a[i + 2] - b[i + 2];
            double d3 = a[i + 3] - b[i + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; i < a.length; i++) {
            double d = a[i] - b[i];
            s0 += d * d;
        }
        return s0 + s1 + (s2 + s3);
    }

    /** The inner product of two vectors. */
    public static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (int end = a.length - 3; i < end; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** The length of a vector. */
    public static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
