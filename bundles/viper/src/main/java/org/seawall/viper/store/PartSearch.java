package org.seawall.viper.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seawall.catalog.Metric;
import org.seawall.viper.codes.CodeQuery;
import org.seawall.viper.codes.Codes;
import org.seawall.viper.codes.Selection;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.part.RowReader;
import org.seawall.viper.rank.Nearness;
import org.seawall.viper.rank.Products;
import org.seawall.viper.rank.TopK;

/**
 * One call of a search over the parts of a view. Exact: each page of vectors is read once for all queries. Approximate: of all parts
 * together the candidates by the signs of a query, of these better estimates by all of it, and of those that may be among the nearest, given
 * what was compared so far, the vectors from the pages. Parts are used one at a time, so that no more than one needs to be in memory. For one thread.
 */
final class PartSearch {
    private static final int CANDIDATES_PER_LOOK = 64;
    private static final float[] NO_VECTOR = {};

    private final Contents contents;
    private final PartCache cache;
    private final SearchOptions options;
    private final Hidden hidden;
    private final Nearness nearness;
    private final int dimension;
    private final float[] stored;
    private final double[] row;

    PartSearch(Contents contents, PartCache cache, Metric metric, SearchOptions options, Hidden hidden) {
        this.contents = contents;
        this.cache = cache;
        this.options = options;
        this.hidden = hidden;
        this.nearness = Nearness.of(metric);
        this.dimension = contents.manifest().dimension();
        this.stored = new float[dimension];
        this.row = new double[dimension];
    }

    List<List<Found>> search(List<float[]> queries) throws IOException {
        List<Target> targets =
                queries.stream().map(query -> new Target(query, options.k())).toList();
        if (options.exact()) {
            scan(targets);
        } else {
            for (Target target : targets) {
                approximate(target);
            }
        }
        return found(targets);
    }

    private List<PartEntry> parts() {
        return contents.manifest().parts();
    }

    private boolean skipped(PartEntry part) {
        return part.vectors() == 0
                || part.deleted() == part.rows()
                || part.expired(options.nowMillis())
                || options.extras().without().contains(part.name());
    }

    /** A bit for each row that is not to be found; no words if all are. */
    private long[] dead(PartEntry part, OpenPart open) throws IOException {
        long[] mask = hidden.words(part.name());
        boolean all = part.deleted() == 0 && !part.expires(options.nowMillis()) && mask.length == 0;
        if (all && options.filter() == SearchOptions.ALL) {
            return mask;
        }
        long[] dead = contents.deletes().get(part.name()).words();
        for (int i = 0; i < mask.length; i++) {
            dead[i] |= mask[i];
        }
        if (part.expires(options.nowMillis())) {
            open.sidecar().markExpired(options.nowMillis(), dead);
        }
        if (options.filter() != SearchOptions.ALL) {
            open.filtered()
                    .mark(
                            options.filter(),
                            part.vectors(),
                            dead,
                            options.extras().deadline());
        }
        return dead;
    }

    private void scan(List<Target> targets) throws IOException {
        for (int i = 0; i < parts().size(); i++) {
            PartEntry part = parts().get(i);
            int number = i;
            if (!skipped(part)) {
                cache.use(part.name(), open -> scan(targets, number, open, dead(part, open)));
            }
        }
    }

    private Void scan(List<Target> targets, int part, OpenPart open, long[] dead) throws IOException {
        PartReader reader = open.reader();
        for (int page = 0; page < reader.vectorPages(); page++) {
            options.extras().deadline().check();
            int first = reader.firstRow(page);
            int end = reader.firstRow(page + 1);
            FloatBuffer floats = reader.vectorPage(page).asFloatBuffer();
            for (int number = first; number < end; number++) {
                if (dead.length == 0 || (dead[number >>> 6] >>> number & 1) == 0) {
                    floats.position((number - first) * dimension).get(stored);
                    offer(targets, part, number);
                }
            }
        }
        return null;
    }

    private void offer(List<Target> targets, int part, int number) {
        for (int i = 0; i < dimension; i++) {
            row[i] = stored[i];
        }
        double norm = nearness.needsNorms() ? Products.norm(row) : 1;
        for (Target target : targets) {
            double rank = nearness.rank(target.components, target.norm, row, norm);
            if (target.nearest.admits(rank)) {
                // what comes later is behind it in the order of sequences, too
                target.nearest.add(rank, new TopK.Found("", (long) part << 32 | number, Map.of()));
            }
        }
    }

    /**
     * Candidates by the signs of the query, the best of which are compared. If the worst of them is not so far behind what was found that the others
     * hardly are among the nearest, as in data in which all is about equally far, those up to there are looked at too.
     */
    private void approximate(Target target) throws IOException {
        CodeQuery[] queries = new CodeQuery[parts().size()];
        Selection coarse = new Selection(options.coarse(dimension));
        scan(target, queries, coarse);
        float deviation = look(target, queries, coarse);
        float reach = (float)
                (target.nearest.farthest() * unit(target) + options.breadth().reach() * deviation);
        if (coarse.limit() < reach) {
            Selection more = Selection.between(coarse.limit(), reach);
            scan(target, queries, more);
            look(target, queries, more);
        }
    }

    private void scan(Target target, CodeQuery[] queries, Selection selection) throws IOException {
        for (int i = 0; i < parts().size(); i++) {
            PartEntry part = parts().get(i);
            int number = i;
            if (!skipped(part)) {
                options.extras().deadline().check();
                cache.use(part.name(), open -> {
                    Codes codes = open.sidecar().codes();
                    if (queries[number] == null) {
                        queries[number] = new CodeQuery(target.query, codes);
                    }
                    queries[number].scan(codes, dead(part, open), number, selection);
                    return null;
                });
            }
        }
    }

    /** Looks at candidates, the nearest estimate first, and tells how far off the ranks are that they were selected by, on average. */
    private float look(Target target, CodeQuery[] queries, Selection selection) throws IOException {
        Candidates candidates = new Candidates(selection.count());
        float[] deviations = new float[1];
        byPart(selection, (part, open, rows) -> {
            Codes codes = open.sidecar().codes();
            for (int number : rows) {
                float rank = queries[part].rank(codes, number);
                float bound = rank - options.breadth().deviations() * queries[part].deviation(codes, number);
                candidates.add(rank, bound, part, number);
                deviations[0] += queries[part].coarseDeviation(codes, number);
            }
        });
        candidates.sort();
        compare(target, candidates);
        return deviations[0] / Math.max(1, candidates.count());
    }

    /** An estimate under COSINE is not divided by the length of the query. */
    private double unit(Target target) {
        return nearness.needsNorms() && target.norm > 0 ? target.norm : 1;
    }

    /** Reads the vectors of those that may be among the nearest, given what was found so far. */
    private void compare(Target target, Candidates candidates) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * dimension).order(ByteOrder.LITTLE_ENDIAN);
        List<Target> one = List.of(target);
        double unit = unit(target);
        for (int place = 0; place < candidates.count(); ) {
            int begin = place;
            int part = candidates.part(place);
            place = cache.use(parts().get(part).name(), open -> {
                int at = begin;
                for (; at < candidates.count() && candidates.part(at) == part; at++) {
                    if (at % CANDIDATES_PER_LOOK == 0) {
                        options.extras().deadline().check();
                        ahead(target, candidates, at, unit);
                    }
                    if (target.nearest.admits(candidates.bound(at) / unit)) {
                        open.reader().vector(candidates.row(at), bytes);
                        bytes.asFloatBuffer().get(stored);
                        offer(one, part, candidates.row(at));
                    }
                }
                return at;
            });
        }
    }

    /** Of those that come next what may be among the nearest by now, each part's at once. */
    private void ahead(Target target, Candidates candidates, int from, double unit) throws IOException {
        if (!cache.remote()) {
            return;
        }
        Map<Integer, List<Integer>> rows = new TreeMap<>();
        int end = Math.min(candidates.count(), from + CANDIDATES_PER_LOOK);
        for (int place = from; place < end; place++) {
            if (target.nearest.admits(candidates.bound(place) / unit)) {
                rows.computeIfAbsent(candidates.part(place), part -> new ArrayList<>())
                        .add(candidates.row(place));
            }
        }
        for (Map.Entry<Integer, List<Integer>> part : rows.entrySet()) {
            int[] numbers = part.getValue().stream().mapToInt(Integer::intValue).toArray();
            cache.use(parts().get(part.getKey()).name(), open -> {
                open.reader().ahead(numbers);
                return null;
            });
        }
    }

    /** What is done with the candidates of one part. */
    private interface Step {
        void with(int part, OpenPart open, int[] rows) throws IOException;
    }

    /** Part by part, and rows in their order, as {@link #offer} wants them. */
    private void byPart(Selection selection, Step step) throws IOException {
        List<List<Integer>> rows = new ArrayList<>();
        parts().forEach(part -> rows.add(new ArrayList<>()));
        for (int i = 0; i < selection.count(); i++) {
            rows.get(selection.part(i)).add(selection.row(i));
        }
        for (int i = 0; i < rows.size(); i++) {
            int part = i;
            int[] sorted =
                    rows.get(i).stream().mapToInt(Integer::intValue).sorted().toArray();
            if (sorted.length > 0) {
                cache.use(parts().get(i).name(), open -> {
                    step.with(part, open, sorted);
                    return null;
                });
            }
        }
    }

    private List<List<Found>> found(List<Target> targets) throws IOException {
        List<List<Found>> found = new ArrayList<>();
        for (Target target : targets) {
            List<Found> hits = new ArrayList<>();
            for (TopK.Candidate candidate : target.nearest.nearestFirst()) {
                hits.add(found(candidate));
            }
            found.add(hits);
        }
        return found;
    }

    private Found found(TopK.Candidate candidate) throws IOException {
        int part = (int) (candidate.entry().sequence() >>> 32);
        int number = (int) candidate.entry().sequence();
        PartEntry entry = parts().get(part);
        // as it is after a flush in which no id came twice
        boolean gapless = entry.vectors() == entry.lastSequence() - entry.firstSequence() + 1;
        return cache.use(entry.name(), open -> {
            RowReader reader = RowReader.single(open.reader());
            return new Found(
                    reader.id(number),
                    gapless ? entry.firstSequence() + number : reader.sequence(number),
                    candidate.rank(),
                    nearness.score(candidate.rank()),
                    reader.metadata(number),
                    options.extras().vectors() ? vector(open.reader(), number) : NO_VECTOR);
        });
    }

    private float[] vector(PartReader reader, int number) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * dimension).order(ByteOrder.LITTLE_ENDIAN);
        reader.vector(number, bytes);
        float[] vector = new float[dimension];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }

    /** A query and what was found for it so far. */
    private static final class Target {
        private final float[] query;
        private final double[] components;
        private final double norm;
        private final TopK nearest;

        Target(float[] query, int k) {
            this.query = query;
            this.components = new double[query.length];
            for (int i = 0; i < query.length; i++) {
                components[i] = query[i];
            }
            this.norm = Products.norm(components);
            this.nearest = new TopK(k);
        }
    }
}
