package org.seawall.viper.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.seawall.Entry;
import org.seawall.catalog.Metric;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/** Stores for tests, in which no sidecar may be damaged unless the test says so. */
final class Stores {
    static final int DIMENSION = 16;
    static final long NOW = 1_000;

    private Stores() {}

    static VectorStore open(Storage storage, long epoch) throws IOException {
        return open(storage, epoch, StoreSettings.DEFAULT);
    }

    static VectorStore open(Storage storage, long epoch, StoreSettings settings) throws IOException {
        return VectorStore.open(storage.files(), storage.directory(), DIMENSION, Metric.L2, epoch, settings, damage -> {
            throw new AssertionError("damaged sidecar", damage);
        });
    }

    /** A vector that a number stands for; near numbers are near. */
    static float[] vector(long number) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) Math.sin(number * 0.37 + i) + number * 0.01f;
        }
        return vector;
    }

    static Row row(String id, long sequence) {
        return new Row(Entry.vector(id, vector(sequence)), sequence);
    }

    static List<String> ids(VectorStore store, long now) throws IOException {
        List<String> ids = new ArrayList<>();
        try (StoreView view = store.view()) {
            view.scan(now, row -> ids.add(row.id() + "@" + row.sequence()));
        }
        return ids;
    }

    static List<String> nearest(VectorStore store, float[] query, SearchOptions options) throws IOException {
        try (StoreView view = store.view()) {
            return view.search(List.of(query), options, Hidden.NOTHING).get(0).stream()
                    .map(found -> found.id() + "@" + found.sequence())
                    .toList();
        }
    }
}
