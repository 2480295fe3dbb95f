package org.seawall.viper.search;

import java.util.ArrayList;
import java.util.List;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.viper.rank.Nearness;
import org.seawall.viper.rank.Products;
import org.seawall.viper.rank.TopK;
import org.seawall.viper.store.Found;
import org.seawall.viper.store.SearchOptions;

/** Exact search over what is in a log behind a sequence, by one pass for all queries. For one pass. */
final class MemorySearch {
    private static final int ROWS_PER_LOOK = 1_024;
    private static final float[] NO_VECTOR = {};

    private final LiveEntries live;
    private final long after;
    private final SearchOptions options;
    private final Nearness nearness;
    private final float[] stored;
    private final double[] row;

    MemorySearch(LiveEntries live, long after, SearchOptions options) {
        CollectionSpec spec = live.collection().spec();
        this.live = live;
        this.after = after;
        this.options = options;
        this.nearness = Nearness.of(spec.metric());
        this.stored = new float[spec.dimension()];
        this.row = new double[stored.length];
    }

    List<List<Found>> search(List<Target> targets) {
        List<TopK> nearest =
                targets.stream().map(target -> new TopK(options.k())).toList();
        for (long rows = 0; live.next(); rows++) {
            if (rows % ROWS_PER_LOOK == 0) {
                options.extras().deadline().check();
            }
            if (live.sequence() > after && live.dimension() == stored.length) {
                offer(targets, nearest);
            }
        }
        return nearest.stream().map(this::found).toList();
    }

    private void offer(List<Target> targets, List<TopK> nearest) {
        live.vector(stored);
        Target.widen(stored, row);
        double norm = nearness.needsNorms() ? Products.norm(row) : 1;
        TopK.Found hit = null;
        for (int i = 0; i < targets.size(); i++) {
            double rank =
                    nearness.rank(targets.get(i).components(), targets.get(i).norm(), row, norm);
            if (nearest.get(i).admits(rank)) {
                // the cursor does not go back, so an entry is read when it first comes among the nearest, once for all
                // queries
                hit = hit == null ? hit() : hit;
                if (!options.filter().test(hit.metadata())) {
                    return;
                }
                nearest.get(i).add(rank, hit);
            }
        }
    }

    private TopK.Found hit() {
        Entry entry = live.entry();
        float[] vector = options.extras().vectors() ? entry.vector() : NO_VECTOR;
        return new TopK.Found(entry.id(), live.sequence(), entry.metadata(), vector);
    }

    private List<Found> found(TopK nearest) {
        List<Found> found = new ArrayList<>();
        for (TopK.Candidate hit : nearest.nearestFirst()) {
            TopK.Found entry = hit.entry();
            found.add(new Found(
                    entry.id(),
                    entry.sequence(),
                    hit.rank(),
                    nearness.score(hit.rank()),
                    entry.metadata(),
                    entry.vector()));
        }
        return found;
    }
}
