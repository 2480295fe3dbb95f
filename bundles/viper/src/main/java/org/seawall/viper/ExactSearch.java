package org.seawall.viper;

import java.util.ArrayList;
import java.util.List;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.SearchHit;
import org.seawall.search.VectorSearch;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.viper.rank.Nearness;
import org.seawall.viper.rank.Products;
import org.seawall.viper.rank.TopK;

/**
 * Exact search by one pass over the live entries for all queries of a call. It runs in the caller's thread and keeps
 * nothing between calls.
 */
final class ExactSearch implements VectorSearch {
    private final FlushSource source;

    ExactSearch(FlushSource source) {
        this.source = source;
    }

    @Override
    public List<List<SearchHit>> search(String collection, List<float[]> queries, int k) {
        if (k < 1 || k > MAX_K) {
            throw new IllegalArgumentException("k out of range, expected 1 to " + MAX_K + ", k=" + k);
        }
        LiveEntries live = source.live(collection);
        CollectionSpec spec = live.collection().spec();
        if (spec.holdsPayloads()) {
            throw new IllegalArgumentException("a collection of payloads has no vectors, collection=" + collection);
        }
        List<Query> targets = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            targets.add(query(queries.get(i), i, spec, k));
        }
        Nearness nearness = Nearness.of(spec.metric());
        if (!targets.isEmpty()) {
            scan(live, targets, nearness);
        }
        return targets.stream().map(query -> query.hits(nearness)).toList();
    }

    private static void scan(LiveEntries live, List<Query> queries, Nearness nearness) {
        float[] stored = new float[live.collection().spec().dimension()];
        double[] row = new double[stored.length];
        while (live.next()) {
            if (live.dimension() != stored.length) {
                continue;
            }
            live.vector(stored);
            widen(stored, row);
            double norm = nearness.needsNorms() ? Products.norm(row) : 1;
            TopK.Found found = null;
            for (Query query : queries) {
                double rank = nearness.rank(query.components, query.norm, row, norm);
                if (query.nearest.admits(rank)) {
                    found = found == null ? found(live) : found;
                    query.nearest.add(rank, found);
                }
            }
        }
    }

    // the cursor does not go back, so an entry is read when it first comes among the nearest, once for all queries
    private static TopK.Found found(LiveEntries live) {
        Entry entry = live.entry();
        return new TopK.Found(entry.id(), live.sequence(), entry.metadata());
    }

    private static Query query(float[] vector, int index, CollectionSpec spec, int k) {
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
        return new Query(components, norm, new TopK(k));
    }

    // once for each row and query, not for each pair of them, where it would take half of the time
    private static void widen(float[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
    }

    /** A query and what was found for it so far. */
    private record Query(double[] components, double norm, TopK nearest) {
        List<SearchHit> hits(Nearness nearness) {
            return nearest.nearestFirst().stream()
                    .map(hit -> new SearchHit(
                            hit.entry().id(),
                            hit.entry().sequence(),
                            nearness.score(hit.rank()),
                            hit.entry().metadata()))
                    .toList();
        }
    }
}
