package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.CollectionStatus;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.catalog.Setting;
import org.seawall.core.flush.FileSink;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.testkit.Storage;

/** A log flushes by itself while it is written to and read. */
class OpenLogFlushTest {
    private static final int WRITERS = 4;
    private static final int IDS = 50;
    private static final String NAME = "v";

    private final Storage storage = Storage.inMemory();
    private final FileSink sink =
            new FileSink(storage.files(), storage.directory().child("sink"));
    private OpenLog log;

    @BeforeEach
    void open() throws IOException {
        log = FlushingLogs.open(
                storage.files(),
                storage.directory(),
                new AppendStrategy(),
                // in several batches
                Map.of(Setting.FLUSH_BYTES, 2_000L, Setting.FLUSH_ENTRIES, 500L, Setting.FLUSH_MILLIS, 500L));
        if (log.catalog().find(NAME).isEmpty()) {
            log.catalog().create(CollectionSpec.vectors(NAME, 2, Metric.L2));
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Each writer has ids of its own, of which one is never deleted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyStateIsReadWhileItIsFlushed(boolean changing) throws Exception {
        FlushSource.Attachment attachment = log.attach(sink);
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<SortedMap<String, Long>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(CompletableFuture.supplyAsync(() -> write(writer, ended)));
        }
        long flushes = 0;
        long seen = 0;
        int changes = 0;
        while (flushes < 6) {
            if (changing) {
                BatchSerializer next = changes++ % 2 == 0 ? FlushingLogs.OTHER : FlushingLogs.SERIALIZER;
                log.change().to(FlushingLogs.binding(storage.files(), new AppendStrategy(), next));
            }
            long flushed = status().flushedSequence();
            assertTrue(flushed >= seen);
            flushes += flushed > seen ? 1 : 0;
            seen = flushed;
            Thread.sleep(20);
        }
        ended.set(true);
        SortedMap<String, Long> expected = new TreeMap<>();
        writers.forEach(writer -> expected.putAll(writer.join()));
        assertEquals(expected, all());
        long last = log.flush(NAME);
        assertEquals(status().lastSequence(), last);
        assertEquals(expected, all());
        assertEquals(expected, sink.shown(info()).live(System.currentTimeMillis()));
        attachment.close();
        log.close();
        open();
        log.attach(sink);
        assertEquals(expected, all());
    }

    private SortedMap<String, Long> write(int writer, AtomicBoolean ended) {
        Random random = new Random(writer);
        SortedMap<String, Long> live = new TreeMap<>();
        String always = writer + "-always";
        while (!ended.get()) {
            String id = writer + "-" + random.nextInt(IDS);
            boolean delete = random.nextInt(4) == 0;
            List<Entry> batch = List.of(delete ? Entry.delete(id) : Entry.vector(id, 1, 2), Entry.vector(always, 3, 4));
            long first = log.append(NAME, batch).join().first();
            live.put(id, first);
            live.put(always, first + 1);
            if (delete) {
                live.remove(id);
            }
            String looked = writer + "-" + random.nextInt(IDS);
            assertEquals(live.get(looked), sequence(looked), looked);
            assertEquals(live.get(always), sequence(always));
        }
        return live;
    }

    private Long sequence(String id) {
        return log.get(NAME, id).map(entry -> entry.sequence()).orElse(null);
    }

    /** Nobody writes meanwhile, and nothing is due that is not flushed by a call. */
    private SortedMap<String, Long> all() {
        SortedMap<String, Long> all = new TreeMap<>();
        LiveEntries live = log.live(NAME);
        FileSink.Content held = sink.shown(info());
        while (held.flushed() < live.released()) {
            live = log.live(NAME);
            held = sink.shown(info());
        }
        long flushed = held.flushed();
        LiveEntries entries = live;
        held.live(System.currentTimeMillis()).forEach((id, sequence) -> {
            if (!entries.changed(id, flushed)) {
                all.put(id, sequence);
            }
        });
        while (entries.next()) {
            if (entries.sequence() > flushed) {
                all.put(entries.entry().id(), entries.sequence());
            }
        }
        return all;
    }

    @Test
    void theStatusSaysWhatTheSinkSays() {
        FlushSource.Attachment attachment = log.attach(sink);
        assertEquals("", log.status().detail());
        sink.says("not compacted");
        assertEquals(sink.name() + ": not compacted", log.status().detail());
        attachment.close();
        assertEquals("", log.status().detail());
    }

    @Test
    void aDroppedCollectionLeavesTheSinkToo() throws IOException {
        log.attach(sink);
        log.append(NAME, List.of(Entry.vector("a", 1, 2))).join();
        log.flush(NAME);
        CollectionInfo dropped = info();
        assertEquals(1, sink.newest(dropped).flushed());
        log.catalog().drop(NAME);
        assertEquals(0, sink.newest(dropped).flushed());
    }

    private CollectionInfo info() {
        return log.catalog().find(NAME).orElseThrow();
    }

    private CollectionStatus status() {
        return log.status().collections().get(0);
    }
}
