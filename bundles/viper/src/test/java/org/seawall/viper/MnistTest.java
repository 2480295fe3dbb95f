package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.SearchHit;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.store.Found;
import org.seawall.viper.store.Hidden;
import org.seawall.viper.store.RowBatch;
import org.seawall.viper.store.SearchOptions;
import org.seawall.viper.store.StoreSettings;
import org.seawall.viper.store.StoreView;
import org.seawall.viper.store.VectorStore;

/** Real vectors: {@code -Dseawall.mnist=DIR} with base.fvecs, query.fvecs and groundtruth.ivecs, ten results a query. */
@EnabledIfSystemProperty(named = "seawall.mnist", matches = ".+")
class MnistTest {
    @Test
    void findsTheGroundTruth() throws IOException {
        Path directory = Path.of(System.getProperty("seawall.mnist"));
        List<float[]> base = vectors(directory.resolve("base.fvecs"));
        List<float[]> queries = vectors(directory.resolve("query.fvecs"));
        List<int[]> truth = records(directory.resolve("groundtruth.ivecs"));
        MemorySource source = MemorySource.of(
                CollectionSpec.vectors("mnist", base.get(0).length, Metric.L2),
                IntStream.range(0, base.size())
                        .mapToObj(i -> Entry.vector("" + i, base.get(i)))
                        .toList());
        long start = System.nanoTime();
        SearchThreads threads = new SearchThreads();
        List<List<SearchHit>> found =
                new LogSearch(source, id -> Optional.empty(), threads).search("mnist", queries, 10);
        threads.close();
        System.out.printf(
                "%d queries, %.2f ms each%n", queries.size(), (System.nanoTime() - start) / 1e6 / queries.size());
        for (int q = 0; q < queries.size(); q++) {
            assertEquals(
                    IntStream.of(truth.get(q)).boxed().toList(),
                    found.get(q).stream().map(hit -> Integer.valueOf(hit.id())).toList(),
                    "query " + q);
        }
    }

    /** In the store of parts: flushed in four, one of them replaced and put back, compacted, opened again. */
    @Test
    void findsTheGroundTruthInParts() throws IOException {
        Path directory = Path.of(System.getProperty("seawall.mnist"));
        List<float[]> base = vectors(directory.resolve("base.fvecs"));
        List<float[]> queries = vectors(directory.resolve("query.fvecs"));
        List<int[]> truth = records(directory.resolve("groundtruth.ivecs"));
        Storage storage = Storage.inMemory();
        try (VectorStore store = open(storage, base.get(0).length, 1)) {
            for (int begin = 0; begin < 5_000; begin += 1_250) {
                store.flush(new RowBatch(begin, begin + 1_250, rows(base, begin, begin, begin + 1_250), List.of()));
            }
            List<String> first = List.of("0", "1", "2");
            store.flush(new RowBatch(5_000, 5_001, List.of(), first));
            store.flush(new RowBatch(5_001, 5_004, rows(base, 5_001, 0, 3), List.of()));
            compare("5 parts", store, queries, truth);
            assertTrue(store.compact(
                    store.manifest().parts().stream().map(part -> part.name()).toList(), 0));
            compare("compacted", store, queries, truth);
        }
        try (VectorStore store = open(storage, base.get(0).length, 2)) {
            compare("opened again", store, queries, truth);
        }
    }

    private static VectorStore open(Storage storage, int dimension, long epoch) throws IOException {
        return VectorStore.open(
                storage.files(), storage.directory(), dimension, Metric.L2, epoch, StoreSettings.DEFAULT, damage -> {
                    throw new AssertionError("damaged sidecar", damage);
                });
    }

    private static List<Row> rows(List<float[]> base, long sequence, int begin, int end) {
        return IntStream.range(begin, end)
                .mapToObj(i -> new Row(Entry.vector("" + i, base.get(i)), sequence + 1 + i - begin))
                .toList();
    }

    private static void compare(String name, VectorStore store, List<float[]> queries, List<int[]> truth)
            throws IOException {
        try (StoreView view = store.view()) {
            assertEquals(1.0, recall(view.search(queries, SearchOptions.exactly(10, 0), Hidden.NOTHING), truth));
            long start = System.nanoTime();
            double recall = recall(view.search(queries, SearchOptions.nearest(10, 0), Hidden.NOTHING), truth);
            System.out.printf(
                    "%s: recall@10 %.4f, %.2f ms a query%n",
                    name, recall, (System.nanoTime() - start) / 1e6 / queries.size());
            assertTrue(recall >= 0.99, name + ", recall=" + recall);
        }
    }

    private static double recall(List<List<Found>> found, List<int[]> truth) {
        int same = 0;
        for (int q = 0; q < truth.size(); q++) {
            List<Integer> expected = IntStream.of(truth.get(q)).boxed().toList();
            same += (int) found.get(q).stream()
                    .filter(hit -> expected.contains(Integer.valueOf(hit.id())))
                    .count();
        }
        return same / (10.0 * truth.size());
    }

    private static List<float[]> vectors(Path file) throws IOException {
        return records(file).stream()
                .map(bits -> {
                    float[] vector = new float[bits.length];
                    for (int i = 0; i < bits.length; i++) {
                        vector[i] = Float.intBitsToFloat(bits[i]);
                    }
                    return vector;
                })
                .toList();
    }

    private static List<int[]> records(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<int[]> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int[] record = new int[bytes.getInt()];
            for (int i = 0; i < record.length; i++) {
                record[i] = bytes.getInt();
            }
            records.add(record);
        }
        return records;
    }
}
