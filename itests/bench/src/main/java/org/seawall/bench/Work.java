package org.seawall.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.bench.harness.Cell;

/** Entries that are made before anything is timed. Their ids differ, their vectors are some of a few. */
final class Work {
    private static final int VECTORS = 64;
    private static final long TIMESTAMP = 1_751_120_400_000L;

    private final List<List<Entry>> batches;

    private Work(List<List<Entry>> batches) {
        this.batches = batches;
    }

    /** Batches of a cell, of so many entries together, but at least one for each writer. */
    static Work of(Cell cell, int entries) {
        float[][] vectors = vectors(cell.dimension());
        List<List<Entry>> batches = new ArrayList<>();
        int count = Math.max(cell.writers(), entries / cell.batch());
        for (int batch = 0; batch < count; batch++) {
            List<Entry> made = new ArrayList<>();
            for (int i = 0; i < cell.batch(); i++) {
                int number = batch * cell.batch() + i;
                made.add(entry(number, vectors[number % VECTORS]));
            }
            batches.add(List.copyOf(made));
        }
        return new Work(List.copyOf(batches));
    }

    /** A batch by its number; after the last one the first comes again. */
    List<Entry> batch(int number) {
        return batches.get(number % batches.size());
    }

    int size() {
        return batches.size();
    }

    static Entry entry(int number, float[] vector) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("lang", "en");
        metadata.put("source", "crawl");
        metadata.put("doc", "d" + number);
        return new Entry(Operation.PUT, id(number), vector, metadata, new byte[0], TIMESTAMP + number, 0);
    }

    static String id(int number) {
        return "id-" + (1_000_000_000 + number);
    }

    static float[][] vectors(int dimension) {
        Random random = new Random(dimension);
        float[][] vectors = new float[VECTORS][dimension];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }
}
