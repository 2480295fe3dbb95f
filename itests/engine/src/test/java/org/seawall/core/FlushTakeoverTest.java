package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.catalog.Setting;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSource;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.sink.VectorSink;
import org.seawall.viper.store.CompactionPolicy;

/** Processes that take a log and its store over from each other, on a storage without locks: whoever is overtaken changes nothing more. */
class FlushTakeoverTest {
    private static final int ROUNDS = 40;
    private static final String NAME = "v";

    private final FileSystem files = new MemoryFileSystem(
            EnumSet.of(
                    Capability.CREATE_EXCLUSIVE,
                    Capability.CONDITIONAL_REPLACE,
                    Capability.STRONG_LIST,
                    Capability.RANGE_READ),
            0);
    private final SearchThreads threads = new SearchThreads();
    private final Random random = new Random(3);
    private final TreeMap<String, Long> model = new TreeMap<>();
    private int flushed;

    @Test
    void whoeverIsOvertakenFlushesNothingMore() throws IOException {
        Writer writer = new Writer();
        writer.log.catalog().create(CollectionSpec.vectors(NAME, 2, Metric.L2));
        int fenced = 0;
        for (int round = 0; round < ROUNDS; round++) {
            writer.work();
            assertEquals(model, writer.found(), "round " + round);
            Writer next = new Writer();
            assertEquals(model, next.found(), "round " + round + ", taken over");
            next.work();
            fenced += writer.isFenced() ? 1 : 0;
            assertEquals(model, next.found(), "round " + round + ", the other has tried");
            writer.close();
            assertEquals(model, next.found(), "round " + round + ", the other is closed");
            writer = next;
        }
        writer.close();
        threads.close();
        assertEquals(ROUNDS, fenced);
        assertTrue(flushed > 0 && flushed < ROUNDS, () -> "not both were tried, flushed=" + flushed);
    }

    /** A process with its log and its sink. */
    private final class Writer {
        private final OpenLog log;
        private final VectorSink sink;
        private final FlushSource.Attachment attachment;
        private final LogSearch search;

        private Writer() throws IOException {
            Location directory = Location.parse("memory:/logs");
            log = FlushingLogs.open(
                    files, directory, new ObjectStrategy(), Map.of(Setting.FLUSH_MILLIS, 0L, Setting.FLUSH_BYTES, 0L));
            CompactionPolicy eager = new CompactionPolicy(30, 2, 1 << 20);
            sink = new VectorSink("test", files, directory.child("viper"), new SinkSettings(1 << 20, 2, eager));
            attachment = log.attach(sink);
            search = new LogSearch(log, sink, threads);
        }

        private void work() {
            for (int i = random.nextInt(4); i >= 0; i--) {
                append();
                if (random.nextBoolean()) {
                    log.flush(NAME);
                }
                if (random.nextInt(3) == 0) {
                    log.snapshot(NAME);
                }
            }
        }

        private void append() {
            List<Entry> batch = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                String id = "id" + random.nextInt(30);
                batch.add(random.nextInt(4) == 0 ? Entry.delete(id) : Entry.vector(id, random.nextFloat(), 1));
            }
            long sequence = log.append(NAME, batch).join().first();
            for (Entry entry : batch) {
                model.put(entry.id(), sequence++);
                if (entry.vector().length == 0) {
                    model.remove(entry.id());
                }
            }
        }

        /** It may flush still what was acknowledged to it, as long as nobody else has flushed; and it may append nothing. */
        private boolean isFenced() {
            flushed += succeeds(() -> log.flush(NAME)) ? 1 : 0;
            succeeds(() -> log.snapshot(NAME));
            assertThrows(SeawallException.class, this::appendedInVain);
            assertThrows(SeawallException.class, () -> log.flush(NAME));
            assertThrows(SeawallException.class, () -> log.snapshot(NAME));
            return true;
        }

        private boolean succeeds(Runnable work) {
            try {
                work.run();
                return true;
            } catch (SeawallException e) {
                return false;
            }
        }

        private void appendedInVain() {
            try {
                log.append(NAME, List.of(Entry.vector("in vain", 1, 1))).join();
            } catch (CompletionException e) {
                assertTrue(e.getCause() instanceof SeawallException, () -> "failed otherwise: " + e.getCause());
                throw (SeawallException) e.getCause();
            }
        }

        private TreeMap<String, Long> found() {
            TreeMap<String, Long> found = new TreeMap<>();
            SearchRequest all = SearchRequest.of(List.of(new float[2]), 1_000);
            for (SearchHit hit : search.search(NAME, all.exactly()).hits().get(0)) {
                assertEquals(null, found.put(hit.id(), hit.sequence()), "twice: " + hit);
                assertEquals(
                        hit.sequence(), log.get(NAME, hit.id()).orElseThrow().sequence());
            }
            return found;
        }

        private void close() {
            attachment.close();
            sink.close();
            log.close();
        }
    }
}
