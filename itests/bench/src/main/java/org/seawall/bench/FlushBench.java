package org.seawall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.EntryCursor;
import org.seawall.spi.flush.FlushBatch;
import org.seawall.spi.flush.FlushStore;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.sink.VectorSink;
import org.seawall.viper.store.StoreView;

/**
 * A log that flushes 16 MiB of vectors of 768 dimensions again and again to a local disk, while the sink compacts and collects.
 * Arguments: a directory, how many flushes, and how many in a hundred of the entries replace an earlier one.
 */
public final class FlushBench {
    private static final int DIMENSION = 768;
    private static final int ROWS = (16 << 20) / (4 * DIMENSION);
    private static final int SHOWN = 50;

    private final List<float[]> vectors = new ArrayList<>();
    private final CollectionInfo collection = new CollectionInfo(
            new UUID(1, 2),
            CollectionSpec.vectors("bench", DIMENSION, Metric.COSINE),
            Instant.ofEpochMilli(1),
            Instant.ofEpochMilli(1));

    private FlushBench() {
        VectorBench.Clusters clusters = new VectorBench.Clusters(7);
        for (int i = 0; i < ROWS; i++) {
            vectors.add(clusters.next());
        }
    }

    /** Runs it and prints what it measured. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "flushes");
        int replaced = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        new FlushBench().run(Location.parse(home.toString()), Integer.parseInt(arguments[1]), replaced);
    }

    private void run(Location root, int flushes, int replaced) throws IOException, InterruptedException {
        double megabytes = ROWS * 4.0 * DIMENSION / 1e6;
        try (VectorSink sink = new VectorSink("bench", new LocalFileSystem(1 << 20), root, SinkSettings.DEFAULT)) {
            FlushStore store = sink.open(collection, 1, 0);
            long begin = System.nanoTime();
            long slowest = 0;
            for (int i = 1; i <= flushes; i++) {
                long before = System.nanoTime();
                store.flush(new Batch(store.flushed(), replaced));
                slowest = Math.max(slowest, System.nanoTime() - before);
                if (i % SHOWN == 0 || i == flushes) {
                    double seconds = (System.nanoTime() - begin) / 1e9;
                    System.out.printf(
                            "%d flushes, %.0f MB in %.1f s: %.0f MB/s, slowest %.2f s; %s %s%n",
                            i,
                            i * megabytes,
                            seconds,
                            i * megabytes / seconds,
                            slowest / 1e9,
                            parts(sink),
                            sink.detail());
                }
            }
            settle(sink);
            System.out.printf("settled after %.1f s: %s%n", (System.nanoTime() - begin) / 1e9, parts(sink));
        }
    }

    private void settle(VectorSink sink) throws InterruptedException {
        String before = "";
        for (String now = parts(sink); !now.equals(before); now = parts(sink)) {
            before = now;
            Thread.sleep(15_000);
        }
    }

    private String parts(VectorSink sink) {
        try (StoreView view = sink.view(collection.id()).orElseThrow()) {
            Manifest manifest = view.manifest();
            long bytes = manifest.parts().stream().mapToLong(PartEntry::bytes).sum();
            return manifest.parts().size() + " parts of " + bytes / 1_000_000 + " MB";
        }
    }

    /** Entries with new ids, but for some that have an earlier one. */
    private final class Batch implements FlushBatch {
        private final long after;
        private final int replaced;

        Batch(long after, int replaced) {
            this.after = after;
            this.replaced = replaced;
        }

        @Override
        public long after() {
            return after;
        }

        @Override
        public long upTo() {
            return after + ROWS;
        }

        @Override
        public List<Column> columns() {
            return List.of();
        }

        @Override
        public Iterable<String> deleted() {
            return List.of();
        }

        @Override
        public EntryCursor entries() {
            return new EntryCursor() {
                private int place = -1;

                @Override
                public boolean next() {
                    return ++place < ROWS;
                }

                @Override
                public long sequence() {
                    return after + 1 + place;
                }

                @Override
                public int dimension() {
                    return DIMENSION;
                }

                @Override
                public void vector(float[] target) {
                    System.arraycopy(vectors.get(place), 0, target, 0, DIMENSION);
                }

                @Override
                public Entry entry() {
                    // spread over all that was before, each once in a batch
                    boolean again = after > 0 && place * 100L / ROWS < replaced;
                    long number = again ? place * (after / ROWS) + (after / ROWS) / 2 : sequence();
                    return Entry.vector("document-" + number, vectors.get(place))
                            .withMetadata(Map.of("text", "the " + number + "th document", "bucket", number % 100));
                }
            };
        }
    }
}
