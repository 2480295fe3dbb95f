package org.seawall.viper.search;

import java.util.ArrayList;
import java.util.List;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.viper.rank.Products;

/**
 * A query that was checked.
 *
 * @param query as it was given
 * @param components the same, widened once and not for each row
 * @param norm its length
 */
record Target(float[] query, double[] components, double norm) {

    /** Checks queries; throws {@link IllegalArgumentException} naming the query and what is wrong with it. */
    static List<Target> of(List<float[]> queries, CollectionSpec spec) {
        if (spec.holdsPayloads()) {
            throw new IllegalArgumentException("a collection of payloads has no vectors, collection=" + spec.name());
        }
        List<Target> targets = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            targets.add(of(queries.get(i), i, spec));
        }
        return targets;
    }

    private static Target of(float[] vector, int index, CollectionSpec spec) {
        if (vector.length != spec.dimension()) {
            throw new IllegalArgumentException("query of another dimension, expected=" + spec.dimension() + ", actual="
                    + vector.length + ", query=" + index + ", collection=" + spec.name());
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException("component is not finite, value=" + vector[i] + ", index=" + i
                        + ", query=" + index + ", collection=" + spec.name());
            }
        }
        double[] components = new double[vector.length];
        widen(vector, components);
        double norm = Products.norm(components);
        if (norm == 0 && spec.metric() == Metric.COSINE) {
            throw new IllegalArgumentException("a zero vector has no direction under the cosine metric, query=" + index
                    + ", collection=" + spec.name());
        }
        return new Target(vector, components, norm);
    }

    static void widen(float[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
    }
}
