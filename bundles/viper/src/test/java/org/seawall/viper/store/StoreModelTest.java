package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.Entry;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;
import org.seawall.viper.rank.Nearness;
import org.seawall.viper.rank.Products;

/**
 * Random upserts, deletes and expiries, flushes, compactions, collections, openings and searches, beside a map that is searched by brute
 * force: equal at every search, exactly where that is asked for.
 */
class StoreModelTest {
    private static final int DIMENSION = 24;
    private static final int STEPS = Integer.getInteger("viper.steps", 400);
    private static final List<Column> COLUMNS = List.of(
            new Column("color", Column.Type.LONG),
            new Column("size", Column.Type.DOUBLE),
            new Column("note", Column.Type.STRING));
    private static final long SEED = Long.getLong("viper.seed", 1);

    @ParameterizedTest
    @EnumSource
    void equalToBruteForce(Metric metric) throws IOException {
        try (Run run = new Run(metric, SEED)) {
            for (int step = 0; step < STEPS; step++) {
                run.step();
            }
            assertTrue(run.searches > STEPS / 4, "searches=" + run.searches);
            assertTrue(run.recall() >= 0.99, "recall=" + run.recall());
        }
    }

    private static final class Run implements AutoCloseable {
        private final Metric metric;
        private final Random random;
        private final Storage storage = Storage.inMemory();
        private final Map<String, Row> alive = new TreeMap<>();
        private Map<String, Row> memory = new LinkedHashMap<>();
        private Set<String> touched = new HashSet<>();
        private VectorStore store;
        private long epoch = 1;
        private long sequence;
        private long now = 1_000;
        private int searches;
        private long wanted;
        private long approximated;

        Run(Metric metric, long seed) throws IOException {
            this.metric = metric;
            this.random = new Random(seed);
            this.store = open();
        }

        private VectorStore open() throws IOException {
            StoreSettings settings = new StoreSettings(random.nextInt(3) * 20_000L, 1 + random.nextInt(3));
            return VectorStore.open(
                    storage.files(), storage.directory(), DIMENSION, metric, epoch++, settings, damage -> {
                        throw new AssertionError("damaged sidecar", damage);
                    });
        }

        void step() throws IOException {
            now += random.nextInt(20);
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> write();
                case 3, 4 -> flush();
                case 5 -> compact();
                case 6 -> store.collect();
                case 7 -> {
                    store.close();
                    store = open();
                }
                default -> search();
            }
        }

        private void write() {
            for (int i = random.nextInt(60); i > 0; i--) {
                String id = "id-" + random.nextInt(400);
                sequence++;
                touched.add(id);
                memory.remove(id);
                alive.remove(id);
                if (random.nextInt(100) >= 15) {
                    Row row = new Row(entry(id), sequence);
                    memory.put(id, row);
                    alive.put(id, row);
                }
            }
        }

        private Entry entry(String id) {
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                // whole numbers, among them equal vectors: ranks are exact, and ties are told by their sequences
                vector[i] = random.nextInt(5) - (random.nextBoolean() ? 2 : 0);
            }
            boolean bare = random.nextInt(20) == 0;
            Entry entry = bare ? Entry.payload(id, new byte[] {1}) : Entry.vector(id, vector);
            entry = entry.withMetadata(metadata());
            return random.nextInt(5) == 0 ? entry.withExpiry(Instant.ofEpochMilli(now + random.nextInt(300))) : entry;
        }

        /** A color always; a size mostly, which is a text now and then. */
        private Map<String, Object> metadata() {
            Map<String, Object> metadata = new LinkedHashMap<>();
            if (random.nextInt(8) > 0) {
                metadata.put("size", random.nextInt(100) == 0 ? "large" : random.nextInt(3) * 0.5);
            }
            metadata.put("color", random.nextInt(4));
            if (random.nextBoolean()) {
                metadata.put("note", "n" + random.nextInt(1000));
            }
            return metadata;
        }

        /** Declared and not, so that parts have them and have them not, in any order. */
        private List<Column> columns() {
            List<Column> columns = new ArrayList<>(COLUMNS);
            Collections.shuffle(columns, random);
            return columns.subList(0, random.nextInt(columns.size() + 1));
        }

        private void flush() throws IOException {
            PartSource rows = PartSource.of(List.copyOf(memory.values()));
            Set<String> deleted = new HashSet<>(touched);
            deleted.removeAll(memory.keySet());
            assertEquals(sequence, store.flush(new RowBatch(store.flushed(), sequence, columns(), rows, deleted)));
            memory = new LinkedHashMap<>();
            touched = new HashSet<>();
        }

        private void compact() throws IOException {
            List<String> names = store.worthCompacting(new CompactionPolicy(20, 2, 60_000), now);
            if (!names.isEmpty()) {
                assertTrue(store.compact(names, now));
            }
        }

        /** In the store without what the log in memory has replaced, beside what is there. */
        private void search() throws IOException {
            searches++;
            float[] query = entry("query").vector();
            while (Products.norm(widened(query)) == 0) {
                query = entry("query").vector();
            }
            int k = 1 + random.nextInt(12);
            long color = random.nextInt(4);
            var filter = switch (random.nextInt(8)) {
                case 0 -> new Color(color);
                case 1 -> new Has(Set.of("color"), Map.of("color", color));
                case 2 -> new Has(Set.of("size", "color"), Map.of("size", 0.5, "color", color));
                case 3 -> new Has(Set.of("size"), Map.of("size", "large"));
                default -> SearchOptions.ALL;
            };
            SearchOptions exact = new SearchOptions(k, true, 1, now, filter);
            SearchOptions approximate = new SearchOptions(k, false, 1, now, filter);
            try (StoreView view = store.view()) {
                Hidden hidden = view.hide(touched, Set.of());
                List<String> expected = expected(query, k, filter);
                List<Found> found = view.search(List.of(query), exact, hidden).get(0);
                assertEquals(
                        expected,
                        found.stream()
                                .map(hit -> hit.id() + "@" + hit.sequence())
                                .toList());
                List<Found> near =
                        view.search(List.of(query), approximate, hidden).get(0);
                assertEquals(found.size(), near.size());
                wanted += found.size();
                // of equally near ones any will do
                double farthest =
                        found.isEmpty() ? 0 : found.get(found.size() - 1).rank();
                approximated +=
                        near.stream().filter(hit -> hit.rank() <= farthest).count();
                near.forEach(hit -> assertEquals(alive.get(hit.id()).sequence(), hit.sequence()));
                String id = "id-" + random.nextInt(400);
                if (!touched.contains(id)) {
                    Row live = alive.get(id);
                    boolean there = live != null && !live.entry().expired(now);
                    assertEquals(there ? live : null, view.find(id, now).orElse(null));
                }
            }
        }

        /** One that says which fields it looks at, so that typed columns are enough. */
        private record Has(Set<String> fields, Map<String, Object> values) implements FieldFilter {
            @Override
            public boolean test(Map<String, Object> metadata) {
                return values.entrySet().stream()
                        .allMatch(pair -> pair.getValue().equals(metadata.get(pair.getKey())));
            }
        }

        private record Color(long color) implements java.util.function.Predicate<Map<String, Object>> {
            @Override
            public boolean test(Map<String, Object> metadata) {
                return metadata.get("color").equals(color);
            }
        }

        private List<String> expected(float[] query, int k, java.util.function.Predicate<Map<String, Object>> filter) {
            double[] target = widened(query);
            Nearness nearness = Nearness.of(metric);
            return alive.values().stream()
                    .filter(row -> !touched.contains(row.id()))
                    .filter(row -> row.vector().length > 0 && !row.entry().expired(now))
                    .filter(row -> filter.test(row.metadata()))
                    .sorted(Comparator.comparingDouble((Row row) -> {
                                double[] stored = widened(row.vector());
                                return nearness.rank(target, Products.norm(target), stored, Products.norm(stored));
                            })
                            .thenComparing(Row::sequence))
                    .limit(k)
                    .map(row -> row.id() + "@" + row.sequence())
                    .toList();
        }

        private static double[] widened(float[] vector) {
            double[] wide = new double[vector.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = vector[i];
            }
            return wide;
        }

        double recall() {
            return wanted == 0 ? 1 : (double) approximated / wanted;
        }

        @Override
        public void close() throws IOException {
            store.close();
        }
    }
}
