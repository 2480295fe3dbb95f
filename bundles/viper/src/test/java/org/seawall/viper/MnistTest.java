package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.SearchHit;

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
        List<List<SearchHit>> found = new ExactSearch(source).search("mnist", queries, 10);
        System.out.printf(
                "%d queries, %.2f ms each%n", queries.size(), (System.nanoTime() - start) / 1e6 / queries.size());
        for (int q = 0; q < queries.size(); q++) {
            assertEquals(
                    IntStream.of(truth.get(q)).boxed().toList(),
                    found.get(q).stream().map(hit -> Integer.valueOf(hit.id())).toList(),
                    "query " + q);
        }
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
