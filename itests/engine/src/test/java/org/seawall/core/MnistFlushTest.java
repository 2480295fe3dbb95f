package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.catalog.Setting;
import org.seawall.search.SearchRequest;
import org.seawall.search.SearchResult;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSource;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.testkit.Storage;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.sink.VectorSink;
import org.seawall.viper.store.CompactionPolicy;

/**
 * Real vectors, each replaced by itself again and again, while they are flushed, compacted and searched: {@code -Dseawall.mnist=DIR} with base.fvecs,
 * query.fvecs and groundtruth.ivecs, ten results a query.
 */
@EnabledIfSystemProperty(named = "seawall.mnist", matches = ".+")
class MnistFlushTest {
    private static final String NAME = "digits";
    private static final int K = 10;
    private static final int BATCH = 250;
    private static final int ROUNDS = Integer.getInteger("mnist.rounds", 15);

    private final Storage storage = Storage.inMemory();
    private final SearchThreads threads = new SearchThreads();
    private final List<float[]> base = new ArrayList<>();
    private final List<float[]> queries = new ArrayList<>();
    private final List<int[]> truth = new ArrayList<>();
    private volatile boolean searching = true;

    @Test
    void everythingIsFoundWhileItIsFlushedAndCompacted() throws IOException, InterruptedException {
        read("base.fvecs", record -> base.add(floats(record)));
        read("query.fvecs", record -> queries.add(floats(record)));
        read("groundtruth.ivecs", truth::add);
        try (OpenLog log = open();
                VectorSink sink = sink()) {
            FlushSource.Attachment attached = log.attach(sink);
            log.catalog().create(CollectionSpec.vectors(NAME, base.get(0).length, Metric.L2));
            LogSearch search = new LogSearch(log, sink, threads);
            put(log, 0, base.size());
            compare("in the log", search);
            Thread writer = new Thread(() -> putAgain(log), "writer");
            writer.start();
            for (int round = 0; round < ROUNDS; round++) {
                compare("round " + round, search);
            }
            searching = false;
            writer.join();
            long times = log.flush(NAME) / base.size();
            assertTrue(times > 1, "each was replaced, times=" + times);
            compare("flushed, each put " + times + " times", search);
            attached.close();
        }
        try (OpenLog log = open();
                VectorSink sink = sink()) {
            FlushSource.Attachment attached = log.attach(sink);
            compare("after a restart", new LogSearch(log, sink, threads));
            attached.close();
        }
        threads.close();
    }

    private OpenLog open() throws IOException {
        return FlushingLogs.open(
                storage.files(),
                storage.directory(),
                new AppendStrategy(),
                Map.of(Setting.FLUSH_BYTES, 2_000_000L, Setting.FLUSH_MILLIS, 100L));
    }

    private VectorSink sink() {
        Location viper = storage.directory().child("viper");
        return new VectorSink(
                "test", storage.files(), viper, new SinkSettings(1 << 26, 4, new CompactionPolicy(20, 3, 1 << 24)));
    }

    private void putAgain(OpenLog log) {
        while (searching) {
            for (int begin = 0; begin < base.size() && searching; begin += 1_000) {
                put(log, begin, Math.min(base.size(), begin + 1_000));
                log.flush(NAME);
            }
        }
    }

    private void put(OpenLog log, int from, int to) {
        for (int begin = from; begin < to; begin += BATCH) {
            log.append(
                            NAME,
                            IntStream.range(begin, Math.min(to, begin + BATCH))
                                    .mapToObj(i -> Entry.vector("" + i, base.get(i)))
                                    .toList())
                    .join();
        }
    }

    private void compare(String when, LogSearch search) {
        double exact = recall(search.search(NAME, SearchRequest.of(queries, K).exactly()));
        double usual = recall(search.search(NAME, SearchRequest.of(queries, K)));
        System.out.printf("MNIST %s: exact %.4f, default %.4f%n", when, exact, usual);
        assertEquals(1, exact, when);
        assertTrue(usual >= 0.99, when + ", recall=" + usual);
    }

    private double recall(SearchResult result) {
        int same = 0;
        for (int q = 0; q < truth.size(); q++) {
            List<String> expected =
                    IntStream.of(truth.get(q)).mapToObj(Integer::toString).toList();
            assertEquals(
                    K,
                    result.hits().get(q).stream()
                            .map(hit -> hit.id())
                            .distinct()
                            .count(),
                    "each once");
            same += (int) result.hits().get(q).stream()
                    .filter(hit -> expected.contains(hit.id()))
                    .count();
        }
        return same / ((double) K * truth.size());
    }

    /** What is done with a record of a file. */
    private interface Records {
        void take(int[] record);
    }

    private static void read(String name, Records records) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(System.getProperty("seawall.mnist"), name)))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int[] record = new int[bytes.getInt()];
            for (int i = 0; i < record.length; i++) {
                record[i] = bytes.getInt();
            }
            records.take(record);
        }
    }

    private static float[] floats(int[] bits) {
        float[] vector = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            vector[i] = Float.intBitsToFloat(bits[i]);
        }
        return vector;
    }
}
