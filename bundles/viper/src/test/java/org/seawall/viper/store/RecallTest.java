package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.catalog.Metric;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/** A share of the true results is found also where nothing makes them stand out: vectors of noise, all about equally far. */
class RecallTest {
    private static final int DIMENSION = 128;
    private static final int ROWS = 8_000;
    private static final int QUERIES = 40;
    private static final int K = 20;

    @ParameterizedTest
    @EnumSource
    void whatIsAimedAtIsFoundAmongNoise(Metric metric) throws IOException {
        Random random = new Random(11);
        Storage storage = Storage.inMemory();
        try (VectorStore store = VectorStore.open(
                storage.files(), storage.directory(), DIMENSION, metric, 1, StoreSettings.DEFAULT, damage -> {
                    throw new AssertionError("damaged sidecar", damage);
                })) {
            for (int part = 0; part < 4; part++) {
                long after = (long) part * ROWS / 4;
                List<Row> rows = new ArrayList<>();
                for (long sequence = after + 1; sequence <= after + ROWS / 4; sequence++) {
                    rows.add(new Row(Entry.vector("r" + sequence, noise(random)), sequence));
                }
                store.flush(new RowBatch(after, after + ROWS / 4, rows, List.of()));
            }
            List<float[]> queries =
                    IntStream.range(0, QUERIES).mapToObj(i -> noise(random)).toList();
            try (StoreView view = store.view()) {
                List<List<Found>> truth = view.search(queries, SearchOptions.exactly(K, 0), Hidden.NOTHING);
                double before = 0;
                for (double share : new double[] {0.5, 0.8, 0.9, 0.95, 0.99, 0.999}) {
                    double found = recall(view, queries, Breadth.recall(share), truth);
                    assertTrue(found >= share - 0.02, metric + " " + share + ", found=" + found);
                    assertTrue(
                            found >= before - 0.01, metric + " " + share + ", found=" + found + ", before=" + before);
                    before = found;
                }
                double usual = recall(view, queries, Breadth.USUAL, truth);
                assertTrue(usual >= 0.99, metric + " by default, found=" + usual);
            }
        }
    }

    private static double recall(StoreView view, List<float[]> queries, Breadth breadth, List<List<Found>> truth)
            throws IOException {
        SearchOptions options = new SearchOptions(K, false, breadth, 0, SearchOptions.ALL, SearchOptions.Extras.NONE);
        List<List<Found>> found = view.search(queries, options, Hidden.NOTHING);
        int same = 0;
        for (int i = 0; i < found.size(); i++) {
            List<String> ids = found.get(i).stream().map(Found::id).distinct().toList();
            assertEquals(K, ids.size(), "each once");
            List<Found> expected = truth.get(i);
            same += (int)
                    expected.stream().filter(hit -> ids.contains(hit.id())).count();
        }
        return (double) same / (K * found.size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void aShareThatCannotBeIsRefused(double share) {
        assertThrows(IllegalArgumentException.class, () -> Breadth.recall(share));
    }

    private static float[] noise(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
