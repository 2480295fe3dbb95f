package org.seawall.viper.sink;

import java.io.IOException;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.testkit.Storage;
import org.seawall.viper.store.CompactionPolicy;
import org.seawall.viper.store.StoreView;

/** Sinks for tests. */
final class Sinks {
    static final int DIMENSION = 8;
    static final CollectionInfo A = collection(1, CollectionSpec.vectors("a", DIMENSION, Metric.L2));
    static final CollectionInfo B = collection(2, CollectionSpec.vectors("b", DIMENSION, Metric.COSINE));

    /** Two neighbours become one part, and nothing is kept that is not needed now. */
    static final SinkSettings EAGER = new SinkSettings(0, 1, new CompactionPolicy(30, 2, 1 << 20));

    /** Nothing is compacted, and nothing collected. */
    static final SinkSettings LAZY =
            new SinkSettings(1 << 20, 1_000_000, new CompactionPolicy(100, Integer.MAX_VALUE, 1 << 30));

    private Sinks() {}

    static CollectionInfo collection(long number, CollectionSpec spec) {
        return new CollectionInfo(new UUID(7, number), spec, Instant.ofEpochMilli(1), Instant.ofEpochMilli(1));
    }

    static VectorSink on(Storage storage, SinkSettings settings) {
        return new VectorSink("test", storage.files(), storage.directory(), settings);
    }

    static Entry entry(String id, long number) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = number + i;
        }
        return Entry.vector(id, vector).withTimestamp(Instant.ofEpochMilli(number));
    }

    /** The living ids with their sequences. */
    static TreeMap<String, Long> content(VectorSink sink, CollectionInfo collection, long now) throws IOException {
        TreeMap<String, Long> content = new TreeMap<>();
        try (StoreView view = sink.view(collection.id()).orElseThrow()) {
            view.scan(now, row -> {
                if (content.put(row.id(), row.sequence()) != null) {
                    throw new AssertionError("twice, id=" + row.id());
                }
            });
        }
        return content;
    }

    static int parts(VectorSink sink, CollectionInfo collection) {
        try (StoreView view = sink.view(collection.id()).orElseThrow()) {
            return view.manifest().parts().size();
        }
    }
}
