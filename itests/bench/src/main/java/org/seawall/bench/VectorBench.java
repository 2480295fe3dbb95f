package org.seawall.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.seawall.Entry;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.part.PartWriter;
import org.seawall.viper.part.Row;
import org.seawall.viper.sidecar.SidecarBuilder;
import org.seawall.viper.store.FieldFilter;
import org.seawall.viper.store.Found;
import org.seawall.viper.store.Hidden;
import org.seawall.viper.store.PartSource;
import org.seawall.viper.store.RowBatch;
import org.seawall.viper.store.SearchOptions;
import org.seawall.viper.store.StoreSettings;
import org.seawall.viper.store.StoreView;
import org.seawall.viper.store.VectorStore;

/**
 * The store of parts: 100,000 x 768 in clusters, as embeddings are, on a local disk. Processor time of the one thread that does the work,
 * least of some rounds. Arguments: a directory, and how many vectors. {@code -Dbench.alone=true} leaves Lucene out, which takes minutes.
 */
public final class VectorBench {
    private static final int DIMENSION = 768;
    private static final int QUERIES = 200;
    private static final int K = 10;
    private static final int ROUNDS = 3;

    private final FileSystem files = new LocalFileSystem(1 << 20);
    private final Path home;
    private final Location directory;
    private final List<Row> rows;
    private final List<float[]> queries;

    private VectorBench(Path home, int count) {
        this.home = home;
        this.directory = Location.parse(home.toString());
        Clusters clusters = new Clusters(7);
        this.rows = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            Entry entry = Entry.vector("document-" + i, clusters.next())
                    .withMetadata(Map.of("text", "the " + i + "th document", "bucket", i % 100L));
            rows.add(new Row(entry, i));
        }
        this.queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(clusters.next());
        }
    }

    /** Runs it and prints what it measured. */
    public static void main(String[] arguments) throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "vectors");
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        new VectorBench(home, count).run();
    }

    private void run() throws IOException {
        double megabytes = rows.size() * 4.0 * DIMENSION / 1e6;
        System.out.printf("%d x %d, %.0f MB of vectors%n", rows.size(), DIMENSION, megabytes);
        write(megabytes);
        VectorStore one = store("one", 1);
        VectorStore ten = store("ten", 10);
        long part = one.manifest().parts().stream().mapToLong(PartEntry::bytes).sum();
        long sidecar = size("one", ".sidecar");
        System.out.printf(
                "part %.1f MB, sidecar %.2f MB, %.2f %% of the vectors%n",
                part / 1e6, sidecar / 1e6, sidecar / 1e4 / megabytes);
        List<List<Found>> truth = search("1 part, exact", one, SearchOptions.exactly(K, 0), List.of());
        search("1 part", one, SearchOptions.nearest(K, 0), truth);
        search("10 parts", ten, SearchOptions.nearest(K, 0), truth);
        search("10 parts, exact", ten, SearchOptions.exactly(K, 0), truth);
        for (int effort : new int[] {2, 4}) {
            search("1 part, effort " + effort, one, new SearchOptions(K, false, effort, 0, SearchOptions.ALL), truth);
        }
        filtered(one);
        VectorStore typed = store("typed", 1, List.of(new Column("bucket", Column.Type.LONG)));
        first("first filter on a field of the map", one);
        first("first filter on a typed column", typed);
        if (!Boolean.getBoolean("bench.alone")) {
            beside(truth);
        }
        deleted(one);
        System.out.printf("memory of sidecars %.1f MB%n", one.cacheBytes() / 1e6);
    }

    private void beside(List<List<Found>> truth) throws IOException {
        List<Set<String>> ids = new ArrayList<>();
        for (List<Found> hits : truth) {
            Set<String> found = new HashSet<>();
            hits.forEach(hit -> found.add(hit.id()));
            ids.add(found);
        }
        new LuceneBeside(home.resolve("lucene"), rows, queries, ids).run();
    }

    private void write(double megabytes) throws IOException {
        double parts = Double.MAX_VALUE;
        double sidecars = Double.MAX_VALUE;
        double again = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            Location file = directory.child("write-" + round);
            long begin = now();
            try (PartWriter writer = new PartWriter(files, file, DIMENSION, List.of())) {
                for (Row row : rows) {
                    writer.add(row);
                }
                writer.finish();
            }
            parts = Math.min(parts, seconds(begin));
            begin = now();
            SidecarBuilder builder = new SidecarBuilder(Metric.COSINE, new float[DIMENSION], 1);
            rows.forEach(builder::add);
            sidecars = Math.min(sidecars, seconds(begin));
            try (PartReader reader = PartReader.open(files.open(file))) {
                begin = now();
                SidecarBuilder.rebuild(reader, Metric.COSINE, 1);
                again = Math.min(again, seconds(begin));
            }
            files.delete(file);
        }
        System.out.printf(
                "part written in %.2f s: %.0f MB/s; sidecar made in %.2f s, of the file alone in %.2f s%n",
                parts, megabytes / parts, sidecars, again);
    }

    private VectorStore store(String name, int flushes) throws IOException {
        return store(name, flushes, List.of());
    }

    private VectorStore store(String name, int flushes, List<Column> columns) throws IOException {
        double least = Double.MAX_VALUE;
        for (int round = 1; ; round++) {
            VectorStore store = VectorStore.open(
                    files, directory.child(name), DIMENSION, Metric.COSINE, 1, StoreSettings.DEFAULT, damage -> {
                        throw new IllegalStateException("damaged sidecar", damage);
                    });
            long begin = now();
            for (int i = 0; i < flushes; i++) {
                int from = (int) ((long) rows.size() * i / flushes);
                int to = (int) ((long) rows.size() * (i + 1) / flushes);
                store.flush(new RowBatch(from, to, columns, PartSource.of(rows.subList(from, to)), List.of()));
            }
            least = Math.min(least, seconds(begin));
            if (round == ROUNDS) {
                System.out.printf(
                        "%d flushes with sidecars in %.2f s: %.0f MB/s%n",
                        flushes, least, rows.size() * 4.0 * DIMENSION / 1e6 / least);
                return store;
            }
            store.close();
            files.deleteTree(directory.child(name));
        }
    }

    private long size(String store, String ending) throws IOException {
        long size = 0;
        for (var info : files.list(directory.child(store).child("parts"))) {
            if (info.name().endsWith(ending)) {
                size += info.size();
            }
        }
        return size;
    }

    private List<List<Found>> search(String name, VectorStore store, SearchOptions options, List<List<Found>> truth)
            throws IOException {
        double least = Double.MAX_VALUE;
        List<List<Found>> found = List.of();
        try (StoreView view = store.view()) {
            for (int round = 0; round < ROUNDS; round++) {
                List<List<Found>> each = new ArrayList<>();
                long begin = now();
                if (options.exact()) {
                    // one at a time, as the others are: a batch would read the vectors once
                    for (float[] query : queries.subList(0, 20)) {
                        each.addAll(view.search(List.of(query), options, Hidden.NOTHING));
                    }
                } else {
                    each.addAll(view.search(queries, options, Hidden.NOTHING));
                }
                least = Math.min(least, seconds(begin) * 1e3 / each.size());
                found = each;
            }
            if (truth.isEmpty()) {
                found = view.search(queries, options, Hidden.NOTHING);
            }
        }
        System.out.printf("%s: %.2f ms a query, recall@%d %.4f%n", name, least, K, recall(found, truth));
        return found;
    }

    private static double recall(List<List<Found>> found, List<List<Found>> truth) {
        if (truth.isEmpty()) {
            return 1;
        }
        int same = 0;
        int all = 0;
        for (int i = 0; i < found.size(); i++) {
            Set<String> expected = new HashSet<>();
            truth.get(i).forEach(hit -> expected.add(hit.id()));
            all += expected.size();
            same += (int) found.get(i).stream()
                    .filter(hit -> expected.contains(hit.id()))
                    .count();
        }
        return (double) same / all;
    }

    private void filtered(VectorStore store) throws IOException {
        var filter = new Bucket(7L);
        List<List<Found>> truth =
                search("filter of 1 %, exact", store, new SearchOptions(K, true, 1, 0, filter), List.of());
        search("filter of 1 %", store, new SearchOptions(K, false, 1, 0, filter), truth);
    }

    /** One query with a filter that was not asked for before; several times, of which the first warms up. */
    private void first(String name, VectorStore store) throws IOException {
        double least = Double.MAX_VALUE;
        try (StoreView view = store.view()) {
            for (long bucket = 10; bucket < 10 + 2 * ROUNDS; bucket++) {
                long begin = now();
                view.search(
                        queries.subList(0, 1), new SearchOptions(K, false, 1, 0, new Bucket(bucket)), Hidden.NOTHING);
                least = Math.min(least, seconds(begin));
            }
        }
        System.out.printf("%s: %.0f ms%n", name, least * 1e3);
    }

    private record Bucket(Long bucket) implements FieldFilter {
        @Override
        public Set<String> fields() {
            return Set.of("bucket");
        }

        @Override
        public boolean test(Map<String, Object> metadata) {
            return bucket.equals(metadata.get("bucket"));
        }
    }

    private void deleted(VectorStore store) throws IOException {
        List<String> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.id()));
        Collections.shuffle(ids, new Random(3));
        long begin = now();
        store.flush(new RowBatch(rows.size(), rows.size() + 1L, List.of(), ids.subList(0, rows.size() / 10)));
        System.out.printf("10 %% deleted in %.0f ms%n", seconds(begin) * 1e3);
        List<List<Found>> truth = search("10 % deleted, exact", store, SearchOptions.exactly(K, 0), List.of());
        search("10 % deleted", store, SearchOptions.nearest(K, 0), truth);
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double seconds(long begin) {
        return (now() - begin) / 1e9;
    }

    /** 1,000 clusters of different sizes in 64 dimensions, projected into 768 with noise, of length 1. */
    static final class Clusters {
        private static final int LATENT = 64;
        private static final int COUNT = 1_000;

        private final Random random;
        private final float[][] centres = new float[COUNT][LATENT];
        private final float[][] projection = new float[LATENT][DIMENSION];

        Clusters(long seed) {
            this.random = new Random(seed);
            for (float[] centre : centres) {
                fill(centre, 1);
            }
            for (float[] direction : projection) {
                fill(direction, 1);
            }
        }

        private void fill(float[] target, double scale) {
            for (int i = 0; i < target.length; i++) {
                target[i] = (float) (random.nextGaussian() * scale);
            }
        }

        float[] next() {
            // more in the first ones than in the last
            float[] centre = centres[(int) (COUNT * random.nextDouble() * random.nextDouble())];
            float[] vector = new float[DIMENSION];
            for (int l = 0; l < LATENT; l++) {
                float weight = (float) (centre[l] + 0.5 * random.nextGaussian());
                float[] direction = projection[l];
                for (int i = 0; i < DIMENSION; i++) {
                    vector[i] += weight * direction[i];
                }
            }
            double squares = 0;
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] += (float) random.nextGaussian();
                squares += (double) vector[i] * vector[i];
            }
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] *= scale;
            }
            return vector;
        }
    }
}
