package org.seawall.viper.rank;

import org.seawall.catalog.Metric;

/** How entries are ranked under a metric: by a rank of which the smaller is the nearer, whatever the score says. */
public enum Nearness {
    L2 {
        @Override
        public double rank(double[] query, double queryNorm, double[] row, double rowNorm) {
            return Products.squaredDistance(query, row);
        }

        @Override
        public float score(double rank) {
            return (float) Math.sqrt(rank);
        }
    },
    COSINE {
        @Override
        public double rank(double[] query, double queryNorm, double[] row, double rowNorm) {
            // a zero vector has no direction and is as far from everything as a right angle is; 0 minus, since -0.0
            // would
            // compare as nearer than 0.0
            return rowNorm == 0 ? 0 : 0 - Products.dot(query, row) / (queryNorm * rowNorm);
        }

        @Override
        public float score(double rank) {
            return (float) (0 - rank);
        }
    },
    DOT {
        @Override
        public double rank(double[] query, double queryNorm, double[] row, double rowNorm) {
            return -Products.dot(query, row);
        }

        @Override
        public float score(double rank) {
            return (float) (0 - rank);
        }
    };

    /** The rank of a row; norms count only where {@link #needsNorms}. */
    public abstract double rank(double[] query, double queryNorm, double[] row, double rowNorm);

    /** The score that a rank stands for. */
    public abstract float score(double rank);

    /** Whether the norms of vectors count. */
    public boolean needsNorms() {
        return this == COSINE;
    }

    /** How a metric ranks. */
    public static Nearness of(Metric metric) {
        return switch (metric) {
            case L2 -> L2;
            case COSINE -> COSINE;
            case DOT -> DOT;
        };
    }
}
