package org.seawall.viper.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.seawall.catalog.Metric;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.part.Row;
import org.seawall.viper.part.RowReader;
import org.seawall.viper.sidecar.Key;

/** What a store held at one moment. Its files stay until it is closed. Safe for use by several threads. */
public final class StoreView implements AutoCloseable {
    private final Contents contents;
    private final PartCache cache;
    private final Metric metric;
    private final Runnable unpin;
    private boolean closed;

    StoreView(Contents contents, PartCache cache, Metric metric, Runnable unpin) {
        this.contents = contents;
        this.cache = cache;
        this.metric = metric;
        this.unpin = unpin;
    }

    /** Takes rows one after the other. */
    public interface RowSink {
        /**
         * Takes a row.
         *
         * @param row a living row
         */
        void take(Row row);
    }

    /**
     * What it consists of.
     *
     * @return the manifest
     */
    public Manifest manifest() {
        return contents.manifest();
    }

    /**
     * The nearest rows to each of several vectors.
     *
     * @param queries of the store's dimension and finite; not changed and not kept
     * @param options how
     * @param hidden rows that are not to be found
     * @return for each query at most k rows, the nearest first, equally near ones in the order of their sequences
     * @throws IllegalArgumentException if a query is of another dimension
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    public List<List<Found>> search(List<float[]> queries, SearchOptions options, Hidden hidden) throws IOException {
        int dimension = contents.manifest().dimension();
        for (float[] query : queries) {
            if (query.length != dimension) {
                throw new IllegalArgumentException(
                        "query of another dimension, expected=" + dimension + ", actual=" + query.length);
            }
        }
        return new PartSearch(contents, cache, metric, options, hidden).search(queries);
    }

    /**
     * Looks an entry up.
     *
     * @param id its id, not empty
     * @param nowMillis what has expired by then is not found
     * @return the living row with that id, or empty
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    public Optional<Row> find(String id, long nowMillis) throws IOException {
        Key key = Key.of(id);
        List<PartEntry> parts = contents.manifest().parts();
        for (int i = parts.size() - 1; i >= 0; i--) {
            DeleteVector deleted = contents.deletes().get(parts.get(i).name());
            Optional<Row> found = cache.use(parts.get(i).name(), open -> {
                int row = open.sidecar().keys().row(key);
                boolean alive = row >= 0 && !deleted.has(row) && !open.sidecar().expired(row, nowMillis);
                return alive ? Optional.of(RowReader.single(open.reader()).row(row)) : Optional.empty();
            });
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Goes through all living rows, part by part, those with a vector first.
     *
     * @param nowMillis what has expired by then is left out
     * @param sink takes the rows
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    public void scan(long nowMillis, RowSink sink) throws IOException {
        for (PartEntry part : contents.manifest().parts()) {
            DeleteVector deleted = contents.deletes().get(part.name());
            cache.use(part.name(), open -> {
                RowReader reader = RowReader.sequential(open.reader());
                for (int row = 0; row < part.rows(); row++) {
                    if (!deleted.has(row) && !open.sidecar().expired(row, nowMillis)) {
                        sink.take(reader.row(row));
                    }
                }
                return null;
            });
        }
    }

    /** What is done with an open part. */
    interface PartUse {
        void with(PartEntry part, OpenPart open, DeleteVector deleted) throws IOException;
    }

    void use(PartEntry part, PartUse use) throws IOException {
        DeleteVector deleted = contents.deletes().get(part.name());
        cache.use(part.name(), open -> {
            use.with(part, open, deleted);
            return null;
        });
    }

    /**
     * Goes through the metadata of living rows until somebody has seen enough.
     *
     * @param nowMillis what has expired by then is left out
     * @param enough says so
     * @return whether it did
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    public boolean anyMetadata(long nowMillis, Predicate<Map<String, Object>> enough) throws IOException {
        for (PartEntry part : contents.manifest().parts()) {
            DeleteVector deleted = contents.deletes().get(part.name());
            boolean found = cache.use(part.name(), open -> {
                RowReader reader = new RowReader(open.reader());
                for (int row = 0; row < part.rows(); row++) {
                    boolean alive = !deleted.has(row) && !open.sidecar().expired(row, nowMillis);
                    if (alive && enough.test(reader.metadata(row))) {
                        return true;
                    }
                }
                return false;
            });
            if (found) {
                return true;
            }
        }
        return false;
    }

    /**
     * Hides what is newer elsewhere.
     *
     * @param ids ids that were put or deleted since
     * @param without names of parts that are left out
     * @return for {@link #search} of this view
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    public Hidden hide(Iterable<String> ids, Set<String> without) throws IOException {
        List<Key> keys = Deletions.keys(ids);
        Map<String, long[]> rows = new HashMap<>();
        for (PartEntry part : contents.manifest().parts()) {
            if (without.contains(part.name())) {
                continue;
            }
            long[] words = new long[part.rows() + 63 >>> 6];
            cache.use(part.name(), open -> {
                for (Key key : keys) {
                    int row = open.sidecar().keys().row(key);
                    if (row >= 0) {
                        words[row >>> 6] |= 1L << row;
                    }
                }
                return null;
            });
            rows.put(part.name(), words);
        }
        return new Hidden(Map.copyOf(rows));
    }

    /** Lets its files go. Closing it again does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            unpin.run();
        }
    }
}
