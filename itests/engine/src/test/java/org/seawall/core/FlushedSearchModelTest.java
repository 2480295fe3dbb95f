package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LiveScan;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.core.catalog.Setting;
import org.seawall.search.Filter;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Storage;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.sink.VectorSink;
import org.seawall.viper.store.CompactionPolicy;

/**
 * A log that flushes into parts, against a map: puts, replacements, deletes, expired entries, flushes, snapshots, compactions of segments and
 * of parts, restarts and losses of power, in any order, and at every step a search: an exact one has to find what the map says, an approximate
 * one nothing else, and all but one in a hundred. {@code -Dsearch.steps}
 * sets how many steps there are, {@code -Dsearch.seed} the first seed.
 */
class FlushedSearchModelTest {
    private static final int STEPS = Integer.getInteger("search.steps", 600);
    private static final long SEED = Long.getLong("search.seed", 1);
    private static final int IDS = 60;
    private static final int DIMENSION = 8;
    private static final List<String> COLORS = List.of("red", "green", "blue");
    private static final String NAME = "v";

    private final SearchThreads threads = new SearchThreads();
    private final TreeMap<String, LoggedEntry> model = new TreeMap<>();
    private final Storage storage = Storage.inMemory();
    private final Map<String, Integer> done = new TreeMap<>();
    private Random random;
    private Metric metric;
    private WriteStrategy strategy;
    private FaultyFileSystem process;
    private OpenLog log;
    private VectorSink sink;
    private FlushSource.Attachment attachment;
    private LogSearch search;
    private long last;
    private long approximate;
    private long missed;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void everySearchFindsWhatTheMapSays(int number) throws IOException {
        random = new Random(SEED + number);
        metric = Metric.values()[number % 3];
        strategy = number % 2 == 0 ? new AppendStrategy() : new ObjectStrategy();
        begin();
        log.catalog().create(CollectionSpec.vectors(NAME, DIMENSION, metric));
        for (int step = 0; step < STEPS; step++) {
            String what = step();
            done.merge(what, 1, Integer::sum);
            compare("step " + step + ", " + what);
            scan("step " + step + ", " + what + ", scan");
        }
        end();
        threads.close();
        System.out.println("search against a map, " + metric + ", " + strategy.name() + ": " + done
                + ", approximate hits " + approximate + ", missed " + missed);
        assertTrue(missed <= approximate / 100, () -> "missed=" + missed + ", of=" + approximate);
        assertTrue(done.size() >= 7, () -> "not all was tried, done=" + done);
    }

    private String step() throws IOException {
        int choice = random.nextInt(100);
        if (choice < 70) {
            append();
            return "append";
        }
        if (choice < 80) {
            assertEquals(last, log.flush(NAME));
            return "flush";
        }
        if (choice < 86) {
            log.snapshot(NAME);
            return "snapshot";
        }
        if (choice < 90) {
            log.compact(NAME);
            return "compaction";
        }
        if (choice < 93) {
            end();
            begin();
            return "restart";
        }
        if (choice < 96) {
            crash();
            return "loss of power";
        }
        if (choice < 98) {
            columns();
            return "columns";
        }
        end();
        log = open();
        log.snapshot(NAME);
        log.close();
        begin();
        return "start without the sink";
    }

    /** What is flushed from now on has other typed columns, or none; some values are not of their types. */
    private void columns() {
        List<String> all = List.of("", "color:string", "n:long", "n:long, color:string", "color:string, size:double");
        List<Column> columns = Column.parse(all.get(random.nextInt(all.size())));
        log.catalog().update(NAME, spec -> spec.withColumns(columns));
    }

    private void append() {
        List<Entry> batch = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String id = "id" + random.nextInt(IDS);
            int kind = random.nextInt(10);
            batch.add(kind < 2 ? Entry.delete(id) : kind == 2 ? put(id).withExpiry(Instant.ofEpochMilli(1)) : put(id));
        }
        long sequence = log.append(NAME, batch).join().first();
        for (Entry entry : batch) {
            model.put(entry.id(), new LoggedEntry(sequence, entry));
            if (entry.operation() == Operation.DELETE || entry.expiresAtMillis() != 0) {
                model.remove(entry.id());
            }
            last = sequence++;
        }
    }

    private Entry put(String id) {
        return Entry.vector(id, vector())
                .withMetadata(Map.of(
                        "color",
                        COLORS.get(random.nextInt(3)),
                        "n",
                        random.nextInt(9) == 0 ? (Object) (double) last : last));
    }

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private void compare(String where) {
        int k = 1 + random.nextInt(20);
        int offset = random.nextInt(4) == 0 ? random.nextInt(5) : 0;
        SearchRequest request = SearchRequest.of(List.of(vector(), vector()), k)
                .withOffset(offset)
                .withVectors();
        request = random.nextBoolean() ? request.exactly() : request;
        Optional<String> color = random.nextInt(3) == 0 && model.size() > 20
                ? Optional.of(COLORS.get(random.nextInt(3)))
                : Optional.empty();
        if (color.isPresent()) {
            request = request.withFilter(Filter.parse("color = '" + color.get() + "' and n >= 0"));
        }
        String what = where + ", " + request;
        List<List<SearchHit>> hits = log(request);
        for (int i = 0; i < 2; i++) {
            List<LoggedEntry> expected = nearest(request.queries().get(i), color).stream()
                    .skip(offset)
                    .limit(k)
                    .toList();
            if (request.exact()) {
                assertEquals(names(expected), found(hits.get(i)), what);
            } else {
                approximate += expected.size();
                missed += expected.size()
                        - (int) found(hits.get(i)).stream()
                                .filter(names(expected)::contains)
                                .count();
                assertEquals(expected.size(), hits.get(i).size(), what);
            }
            for (SearchHit hit : hits.get(i)) {
                LoggedEntry there = model.get(hit.id());
                assertTrue(there != null && there.sequence() == hit.sequence(), () -> what + ", hit=" + hit);
                assertEquals(there.entry().metadata(), hit.metadata(), what);
                assertArrayEquals(there.entry().vector(), hit.vector(), what);
            }
        }
        String id = "id" + random.nextInt(IDS);
        assertEquals(
                Optional.ofNullable(model.get(id)).map(LoggedEntry::sequence),
                log.get(NAME, id).map(LoggedEntry::sequence),
                where);
    }

    /** All of it, in the order of sequences, as the map has it; also what is gone through while it changes. */
    private void scan(String where) {
        List<LoggedEntry> expected = model.values().stream()
                .sorted(Comparator.comparingLong(LoggedEntry::sequence))
                .toList();
        try (LiveScan scan = log.scan(NAME)) {
            assertEquals(last, scan.sequence(), where);
            if (random.nextInt(10) == 0) {
                // what is done meanwhile changes nothing
                log.append(NAME, List.of(Entry.vector("id0", new float[DIMENSION]), Entry.delete("id0")))
                        .join();
                model.remove("id0");
                last += 2;
                log.flush(NAME);
                log.compact(NAME);
            }
            for (LoggedEntry there : expected) {
                LoggedEntry found = scan.next().orElseThrow(() -> new AssertionError(where + ", missing " + there));
                assertEquals(there.sequence(), found.sequence(), where);
                assertEquals(there.entry().id(), found.entry().id(), where);
                assertArrayEquals(there.entry().vector(), found.entry().vector(), where);
                assertEquals(there.entry().metadata(), found.entry().metadata(), where);
            }
            assertEquals(Optional.empty(), scan.next(), where);
        }
    }

    private List<LoggedEntry> nearest(float[] query, Optional<String> color) {
        return model.values().stream()
                .filter(entry -> color.isEmpty()
                        || color.get().equals(entry.entry().metadata().get("color")))
                .sorted(Comparator.comparingDouble(
                                (LoggedEntry entry) -> rank(query, entry.entry().vector()))
                        .thenComparingLong(LoggedEntry::sequence))
                .toList();
    }

    private static List<String> found(List<SearchHit> hits) {
        return hits.stream().map(hit -> hit.id() + "@" + hit.sequence()).toList();
    }

    private List<List<SearchHit>> log(SearchRequest request) {
        return search.search(NAME, request).hits();
    }

    private static List<String> names(List<LoggedEntry> entries) {
        return entries.stream()
                .map(entry -> entry.entry().id() + "@" + entry.sequence())
                .toList();
    }

    private double rank(float[] query, float[] row) {
        double dot = 0;
        double distance = 0;
        double squared = 0;
        for (int i = 0; i < row.length; i++) {
            dot += (double) query[i] * row[i];
            squared += (double) row[i] * row[i];
            distance += Math.pow((double) query[i] - row[i], 2);
        }
        return switch (metric) {
            case L2 -> distance;
            case COSINE -> -dot / Math.sqrt(squared);
            case DOT -> -dot;
        };
    }

    private OpenLog open() throws IOException {
        return FlushingLogs.open(
                process,
                storage.directory(),
                strategy,
                Map.of(Setting.FLUSH_BYTES, 1_000L, Setting.FLUSH_MILLIS, 500L, Setting.FLUSH_ENTRIES, 200L));
    }

    private void begin() throws IOException {
        process = process == null ? new FaultyFileSystem(storage.files(), SEED) : process;
        log = open();
        sink = new VectorSink(
                "test",
                process,
                storage.directory().child("viper"),
                new SinkSettings(1 << 16, 1, new CompactionPolicy(30, 2, 1 << 20)));
        attachment = log.attach(sink);
        search = new LogSearch(log, sink, threads);
    }

    private void end() {
        attachment.close();
        sink.close();
        log.close();
    }

    /** What the threads do meanwhile fails, and what they had written without a force is lost. */
    private void crash() throws IOException {
        FaultyFileSystem died = process;
        died.crash();
        process = new FaultyFileSystem(storage.files(), random.nextLong());
        attachment.close();
        sink.close();
        log.close();
        begin();
    }
}
