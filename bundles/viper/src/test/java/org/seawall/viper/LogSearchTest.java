package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.SearchHit;
import org.seawall.search.VectorSearch;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.Stores;

class LogSearchTest {
    private static final Stores NO_STORES = collection -> Optional.empty();
    private static final SearchThreads THREADS = new SearchThreads();

    @AfterAll
    static void end() {
        THREADS.close();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void findsWhatSortingEverythingFinds(Metric metric) {
        Random random = new Random(7);
        // seven dimensions, so that the loop of four has a rest; few values, so that many are equally near
        List<float[]> rows = vectors(random, 500);
        List<float[]> queries = vectors(random, 20);
        VectorSearch search = search(
                metric,
                IntStream.range(0, rows.size())
                        .mapToObj(i -> Entry.vector("" + i, rows.get(i)))
                        .toList());
        List<List<SearchHit>> found = search.search("c", queries, 10);
        for (int q = 0; q < queries.size(); q++) {
            float[] query = queries.get(q);
            List<String> expected = IntStream.range(0, rows.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> farness(metric, query, rows.get(i))))
                    .limit(10)
                    .map(String::valueOf)
                    .toList();
            assertEquals(expected, found.get(q).stream().map(SearchHit::id).toList(), "query " + q);
        }
    }

    @Test
    void scoreIsTheEuclideanDistance() {
        VectorSearch search = search(Metric.L2, List.of(Entry.vector("a", 3, 4), Entry.vector("b", 0, 1)));
        assertEquals(
                List.of(new SearchHit("b", 2, 1f, Map.of()), new SearchHit("a", 1, 5f, Map.of())),
                search.search("c", List.of(new float[] {0, 0}), 5).get(0));
    }

    @Test
    void scoreIsTheCosine() {
        VectorSearch search = search(
                Metric.COSINE,
                List.of(Entry.vector("against", -2, 0), Entry.vector("zero", 0, 0), Entry.vector("along", 9, 0)));
        assertEquals(
                List.of(
                        new SearchHit("along", 3, 1f, Map.of()),
                        new SearchHit("zero", 2, 0f, Map.of()),
                        new SearchHit("against", 1, -1f, Map.of())),
                search.search("c", List.of(new float[] {3, 0}), 3).get(0));
    }

    @Test
    void scoreIsTheInnerProduct() {
        VectorSearch search = search(Metric.DOT, List.of(Entry.vector("small", 1, 1), Entry.vector("large", 5, 5)));
        assertEquals(
                List.of(new SearchHit("large", 2, 15f, Map.of()), new SearchHit("small", 1, 3f, Map.of())),
                search.search("c", List.of(new float[] {1, 2}), 2).get(0));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void equallyNearComeInTheOrderOfSequences(Metric metric) {
        // a right angle from one side, from the other, and no direction at all: 0.0 and -0.0 are one distance
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            entries.add(Entry.vector("up" + i, 0, metric == Metric.L2 ? 1 : i));
            entries.add(Entry.vector("down" + i, -0f, metric == Metric.L2 ? 1 : -i));
        }
        List<SearchHit> hits = search(metric, entries)
                .search("c", List.of(new float[] {1, 0}), 4)
                .get(0);
        assertEquals(
                List.of(1L, 2L, 3L, 4L), hits.stream().map(SearchHit::sequence).toList());
    }

    @Test
    void largeWholeNumbersAreSummedExactly() {
        // the squares of 783 times 255 are over 2^24, where single precision loses the last one
        float[] bright = new float[784];
        Arrays.fill(bright, 255);
        bright[783] = 1;
        float[] nearer = bright.clone();
        nearer[783] = 0;
        List<SearchHit> hits = search(Metric.L2, List.of(Entry.vector("far", bright), Entry.vector("near", nearer)))
                .search("c", List.of(new float[784]), 2)
                .get(0);
        assertEquals(List.of("near", "far"), hits.stream().map(SearchHit::id).toList());
    }

    @Test
    void entriesWithoutAVectorAreSkipped() {
        VectorSearch search = search(Metric.L2, List.of(Entry.payload("p", new byte[] {1}), Entry.vector("v", 1, 1)));
        assertEquals(
                List.of("v"),
                search.search("c", List.of(new float[] {1, 1}), 5).get(0).stream()
                        .map(SearchHit::id)
                        .toList());
    }

    @Test
    void hitsCarryTheMetadata() {
        Entry entry = Entry.vector("a", 1, 1).withMetadata(Map.of("colour", "red"));
        assertEquals(
                Map.of("colour", "red"),
                search(Metric.L2, List.of(entry))
                        .search("c", List.of(new float[] {1, 1}), 1)
                        .get(0)
                        .get(0)
                        .metadata());
    }

    @Test
    void emptyCollectionGivesNoHits() {
        assertEquals(List.of(List.of()), search(Metric.L2, List.of()).search("c", List.of(new float[7]), 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void kOutOfRangeIsNamed(int k) {
        refused("k out of range, expected 1 to 10000, k=" + k, Metric.L2, new float[] {1, 1}, k);
    }

    @Test
    void queryOfAnotherDimensionIsNamed() {
        refused("query of another dimension, expected=2, actual=3, query=0, collection=c", Metric.L2, new float[3], 1);
    }

    @Test
    void queryThatIsNotFiniteIsNamed() {
        refused(
                "component is not finite, value=NaN, index=1, query=0, collection=c",
                Metric.L2,
                new float[] {1, Float.NaN},
                1);
    }

    @Test
    void zeroQueryHasNoDirection() {
        refused(
                "a zero vector has no direction under the cosine metric, query=0, collection=c",
                Metric.COSINE,
                new float[2],
                1);
    }

    @Test
    void payloadsCannotBeSearched() {
        VectorSearch search =
                new LogSearch(MemorySource.of(CollectionSpec.payloads("c"), List.of()), NO_STORES, THREADS);
        assertThrows(IllegalArgumentException.class, () -> search.search("c", List.of(new float[1]), 1));
    }

    @Test
    void unknownCollectionIsNotFound() {
        VectorSearch search = search(Metric.L2, List.of());
        assertThrows(CollectionNotFoundException.class, () -> search.search("x", List.of(), 1));
    }

    private static void refused(String message, Metric metric, float[] query, int k) {
        VectorSearch search = search(metric, List.of(Entry.vector("a", 1, 1)));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> search.search("c", List.of(query), k))
                        .getMessage());
    }

    private static VectorSearch search(Metric metric, List<Entry> entries) {
        int dimension =
                entries.stream().mapToInt(entry -> entry.vector().length).max().orElse(7);
        return new LogSearch(
                MemorySource.of(CollectionSpec.vectors("c", dimension, metric), entries), NO_STORES, THREADS);
    }

    private static List<float[]> vectors(Random random, int count) {
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[7];
            for (int j = 0; j < 7; j++) {
                vector[j] = random.nextInt(4);
            }
            vector[0]++;
            vectors.add(vector);
        }
        return vectors;
    }

    private static double farness(Metric metric, float[] query, float[] row) {
        double dot = 0;
        double squares = 0;
        double queryNorm = 0;
        double rowNorm = 0;
        for (int i = 0; i < row.length; i++) {
            dot += (double) query[i] * row[i];
            squares += Math.pow((double) query[i] - row[i], 2);
            queryNorm += (double) query[i] * query[i];
            rowNorm += (double) row[i] * row[i];
        }
        return switch (metric) {
            case L2 -> squares;
            case COSINE -> -dot / (Math.sqrt(queryNorm) * Math.sqrt(rowNorm));
            case DOT -> -dot;
        };
    }
}
