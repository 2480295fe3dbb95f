package org.seawall.viper.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.sink.Sinks.A;
import static org.seawall.viper.sink.Sinks.B;
import static org.seawall.viper.sink.Sinks.entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogFencedException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushStore;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.ForwardingFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;
import org.seawall.viper.Await;
import org.seawall.viper.store.StoreView;

class VectorSinkTest {
    private static final long NOW = 1_000;

    private final Storage storage = Storage.inMemory();

    @Test
    void itTakesCollectionsOfVectors() {
        try (VectorSink sink = Sinks.on(storage, SinkSettings.DEFAULT)) {
            assertTrue(sink.takes(A));
            assertFalse(sink.takes(Sinks.collection(3, CollectionSpec.payloads("p"))));
            assertEquals("viper memory:/seawall", sink.name());
        }
    }

    @Test
    void anEntryComesBackAsItWasPut() throws IOException {
        try (VectorSink sink = Sinks.on(storage, SinkSettings.DEFAULT)) {
            FlushStore store = sink.open(A, 1, 0);
            long late = System.currentTimeMillis() + 100_000_000;
            Entry entry = entry("a", 1)
                    .withMetadata(Map.of("text", "sea", "depth", 7L))
                    .withExpiry(Instant.ofEpochMilli(late));
            store.flush(new MemoryBatch(0, 9, List.of(), List.of(new LoggedEntry(5, entry)), List.of()));
            assertEquals(Optional.of(new LoggedEntry(5, entry)), store.get("a", late - 1));
            assertEquals(Optional.empty(), store.get("a", late));
            assertEquals(Optional.empty(), store.get("b", late - 1));
        }
    }

    @Test
    void whatIsFlushedUpToLessThanTheLeastIsGivenUp() throws IOException {
        try (VectorSink sink = Sinks.on(storage, SinkSettings.DEFAULT)) {
            sink.open(A, 1, 3).flush(MemoryBatch.of(0, List.of(entry("a", 1), entry("b", 2))));
            assertEquals(2, sink.open(A, 2, 2).flushed());
            StoreView view = sink.view(A.id()).orElseThrow();
            assertEquals(0, sink.open(A, 3, 3).flushed());
            assertEquals(Map.of(), Sinks.content(sink, A, NOW));
            assertEquals(2, view.manifest().flushed(), "who has begun goes on");
            view.close();
        }
        try (VectorSink sink = Sinks.on(storage, SinkSettings.DEFAULT)) {
            FlushStore store = sink.open(A, 4, 0);
            assertEquals(0, store.flushed());
            assertEquals(1, store.flush(MemoryBatch.of(0, List.of(entry("b", 3)))));
            assertEquals(Map.of("b", 1L), Sinks.content(sink, A, NOW));
        }
    }

    @Test
    void aWriterOfALowerEpochIsFencedOff() throws IOException {
        try (VectorSink before = Sinks.on(storage, Sinks.EAGER);
                VectorSink after = Sinks.on(storage, Sinks.EAGER)) {
            FlushStore stalled = before.open(A, 1, 0);
            stalled.flush(MemoryBatch.of(0, List.of(entry("a", 1))));
            FlushStore store = after.open(A, 2, 0);
            MemoryBatch next = MemoryBatch.of(1, List.of(entry("a", 2)));
            assertThrows(LogFencedException.class, () -> stalled.flush(next));
            assertThrows(LogFencedException.class, () -> before.open(A, 1, 0));
            assertEquals(Optional.empty(), before.view(A.id()));
            assertEquals(1, store.flushed());
            assertEquals(2, store.flush(next));
            assertEquals(Map.of("a", 2L), Sinks.content(after, A, NOW));
        }
    }

    @Test
    void aViewOutlivesItsStoreAndWhatComesBehindIt() throws IOException {
        CountingFileSystem files = new CountingFileSystem();
        VectorSink sink = Sinks.on(storage.through(files), new SinkSettings(1 << 20, 1, Sinks.EAGER.compaction()));
        sink.open(A, 1, 0).flush(MemoryBatch.of(0, List.of(entry("a", 1), entry("b", 2))));
        try (StoreView view = sink.view(A.id()).orElseThrow()) {
            FlushStore store = sink.open(A, 2, 0);
            assertEquals(2, store.flushed());
            for (int i = 0; i < 4; i++) {
                store.flush(MemoryBatch.of(store.flushed(), List.of(entry("a", 3 + i))));
            }
            Await.until("fewer parts", () -> Sinks.parts(sink, A) == 1);
            sink.close();
            assertEquals(Optional.empty(), sink.view(A.id()));
            assertEquals(1, view.find("a", NOW).orElseThrow().sequence());
            assertTrue(files.open.get() > 0, "its part is open");
        }
        assertEquals(0, files.open.get(), "nothing is left open");
        assertThrows(LogClosedException.class, () -> sink.open(A, 3, 0));
    }

    @Test
    void aStoreThatCannotBeOpenedAgainIsNotThereAnyMore() throws IOException {
        FaultyFileSystem files = new FaultyFileSystem(storage.files(), 1);
        try (VectorSink sink = Sinks.on(storage.through(files), Sinks.LAZY)) {
            sink.open(A, 1, 0).flush(MemoryBatch.of(0, List.of(entry("a", 1))));
            files.hook(operation -> {
                throw new IOException("storage away, operation=" + operation);
            });
            assertThrows(IOException.class, () -> sink.open(A, 2, 0));
            assertEquals(Optional.empty(), sink.view(A.id()));
            files.hook(operation -> {});
            assertEquals(1, sink.open(A, 2, 0).flushed());
        }
    }

    @Test
    void aCollectionThatIsDroppedIsGoneAndNoOther() throws IOException {
        for (Storage place : List.of(storage, new Storage(MemoryFileSystem.disk(), Location.parse("memory:/disk")))) {
            try (VectorSink sink = Sinks.on(place, Sinks.EAGER)) {
                for (var collection : List.of(A, B)) {
                    FlushStore store = sink.open(collection, 1, 0);
                    store.flush(MemoryBatch.of(0, List.of(entry("a", 1))));
                    store.close();
                }
                sink.drop(A);
                sink.drop(A);
                assertEquals(
                        List.of(B.id().toString()),
                        place.files().list(place.directory()).stream()
                                .map(info -> info.name())
                                .toList());
                assertEquals(0, sink.open(A, 2, 0).flushed());
                assertEquals(1, sink.open(B, 2, 0).flushed());
            }
        }
    }

    @Test
    void partsAreCompactedAndCollectedWhileItIsFlushedAndRead() throws Exception {
        int flushes = 150;
        TreeMap<String, Long> model = new TreeMap<>();
        AtomicBoolean over = new AtomicBoolean();
        try (VectorSink sink = Sinks.on(storage, Sinks.EAGER)) {
            FlushStore store = sink.open(A, 1, 0);
            FutureTask<Integer> reading = new FutureTask<>(() -> read(store, over));
            Thread reader = new Thread(reading, "reading");
            reader.start();
            for (int i = 0; i < flushes; i++) {
                List<Entry> puts = new ArrayList<>(List.of(entry("steady", 0)));
                for (int j = 0; j < 5; j++) {
                    puts.add(entry("e" + (i * 7 + j * 3) % 40, i));
                }
                String deleted = "e" + (i * 7 + 1) % 40;
                MemoryBatch batch = MemoryBatch.of(store.flushed(), puts, deleted);
                store.flush(batch);
                model.remove(deleted);
                batch.puts().forEach(put -> model.put(put.entry().id(), put.sequence()));
            }
            over.set(true);
            assertTrue(reading.get() > 0);
            reader.join();
            Await.until("fewer parts", () -> Sinks.parts(sink, A) < 8);
            assertEquals(model, Sinks.content(sink, A, NOW));
            assertEquals("", sink.detail());
        }
        int files = storage.files()
                .list(storage.directory().child(A.id().toString()).child("parts"))
                .size();
        assertTrue(files < 60, "collected, files=" + files);
        try (VectorSink sink = Sinks.on(storage, Sinks.EAGER)) {
            assertEquals(flushes * 7L, sink.open(A, 2, 0).flushed());
            assertEquals(model, Sinks.content(sink, A, NOW));
        }
    }

    /** An id that is put by every flush is always there, and never older than it was. */
    private static int read(FlushStore store, AtomicBoolean over) throws IOException {
        long before = 0;
        int reads = 0;
        while (!over.get() || reads == 0) {
            long flushed = store.flushed();
            Optional<LoggedEntry> found = store.get("steady", NOW);
            long sequence = found.map(LoggedEntry::sequence).orElse(0L);
            assertTrue(sequence >= before, "older than before");
            assertTrue(sequence > flushed - 7, "flushed=" + flushed + ", found=" + sequence);
            before = sequence;
            reads += flushed > 0 ? 1 : 0;
        }
        return reads;
    }

    @Test
    void whatFailsInTheBackgroundIsToldAndTriedAgain() throws IOException {
        FaultyFileSystem files = new FaultyFileSystem(storage.files(), 1);
        try (VectorSink sink = Sinks.on(storage.through(files), Sinks.EAGER)) {
            FlushStore store = sink.open(A, 1, 0);
            files.hook(operation -> {
                if (Thread.currentThread().getName().equals("seawall-viper-test-upkeep")) {
                    throw new IOException("disk full, operation=" + operation);
                }
            });
            store.flush(MemoryBatch.of(0, List.of(entry("a", 1))));
            store.flush(MemoryBatch.of(1, List.of(entry("b", 2))));
            Await.until("detail", () -> sink.detail().contains("disk full"));
            assertTrue(sink.detail().contains("collection=a (" + A.id() + ")"), sink.detail());
            files.hook(operation -> {});
            Await.until("detail", () -> sink.detail().isEmpty() && Sinks.parts(sink, A) == 1);
            assertEquals(Map.of("a", 1L, "b", 2L), Sinks.content(sink, A, NOW));
        }
    }

    @Test
    void aPartGoesWhenAllOfItHasExpired() throws IOException {
        try (VectorSink sink = Sinks.on(storage, Sinks.EAGER)) {
            FlushStore store = sink.open(A, 1, 0);
            long soon = System.currentTimeMillis() + 50;
            store.flush(MemoryBatch.of(0, List.of(entry("a", 1).withExpiry(Instant.ofEpochMilli(soon)))));
            Await.until("fewer parts", () -> Sinks.parts(sink, A) == 0);
            assertTrue(System.currentTimeMillis() >= soon);
            assertEquals(1, store.flushed());
        }
    }

    /** Counts the files that are open for reading. */
    private static final class CountingFileSystem extends ForwardingFileSystem {
        private final AtomicInteger open = new AtomicInteger();

        CountingFileSystem() {
            super(new MemoryFileSystem());
        }

        @Override
        public FileInput open(Location file) throws IOException {
            FileInput input = files.open(file);
            open.incrementAndGet();
            return new FileInput() {
                @Override
                public Location location() {
                    return input.location();
                }

                @Override
                public long size() {
                    return input.size();
                }

                @Override
                public void read(long position, ByteBuffer target) throws IOException {
                    input.read(position, target);
                }

                @Override
                public void close() throws IOException {
                    input.close();
                    open.decrementAndGet();
                }
            };
        }
    }
}
