package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.store.Stores.NOW;
import static org.seawall.viper.store.Stores.row;
import static org.seawall.viper.store.Stores.vector;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/** What a store shows after flushes, compactions and another opening. */
class VectorStoreTest {
    private final Storage storage = Storage.inMemory();

    @Test
    void whatWasFlushedIsFoundAfterAnotherOpening() throws IOException {
        try (VectorStore store = Stores.open(storage, 1)) {
            assertEquals(0, store.flushed());
            store.flush(new RowBatch(0, 3, List.of(row("a", 1), row("b", 2), row("c", 3)), List.of()));
        }
        try (VectorStore store = Stores.open(storage, 2)) {
            assertEquals(3, store.flushed());
            assertEquals(List.of("a@1", "b@2", "c@3"), Stores.ids(store, NOW));
            assertEquals(List.of("b@2"), Stores.nearest(store, vector(2), SearchOptions.nearest(1, NOW)));
            assertEquals(List.of("b@2"), Stores.nearest(store, vector(2), SearchOptions.exactly(1, NOW)));
        }
    }

    @Test
    void everythingOfAnEntryComesBack() throws IOException {
        Entry full = Entry.vector("ä", vector(5))
                .withMetadata(Map.of("text", "sea", "n", 5L, "x", -0.5, "b", true))
                .withPayload(new byte[] {1, 2, 3})
                .withTimestamp(Instant.ofEpochMilli(77))
                .withExpiry(Instant.ofEpochMilli(NOW + 1));
        Entry bare = Entry.payload("p", new byte[] {9});
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, 9, List.of(new Row(bare, 4, 7), new Row(full, 5, 3)), List.of()));
            try (StoreView view = store.view()) {
                assertEquals(new Row(full, 5, 3), view.find("ä", NOW).orElseThrow());
                assertEquals(new Row(bare, 4, 7), view.find("p", NOW).orElseThrow());
                assertTrue(view.find("ä", NOW + 1).isEmpty());
                assertTrue(view.find("q", NOW).isEmpty());
                assertEquals(
                        full.metadata(),
                        view.search(List.of(vector(5)), SearchOptions.nearest(3, NOW), Hidden.NOTHING)
                                .get(0)
                                .get(0)
                                .metadata());
            }
        }
    }

    @Test
    void theNewestVersionWinsAndTheDeletedIsGone() throws IOException {
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, 3, List.of(row("a", 1), row("b", 2), row("c", 3)), List.of()));
            store.flush(new RowBatch(3, 6, List.of(row("b", 4), row("d", 6)), List.of("c", "unknown")));
            List<String> expected = List.of("a@1", "b@4", "d@6");
            assertEquals(expected, Stores.ids(store, NOW));
            assertEquals(List.of("b@4"), Stores.nearest(store, vector(4), SearchOptions.nearest(1, NOW)));
            assertEquals(
                    3,
                    Stores.nearest(store, vector(4), SearchOptions.exactly(9, NOW))
                            .size());
            assertEquals(expected, Stores.ids(Stores.open(storage, 2), NOW));
        }
    }

    @Test
    void aViewShowsItsMomentThroughCompactionAndCollection() throws IOException {
        try (VectorStore store = Stores.open(storage, 1, new StoreSettings(0, 1))) {
            store.flush(new RowBatch(0, 2, List.of(row("a", 1), row("b", 2)), List.of()));
            store.flush(new RowBatch(2, 4, List.of(row("a", 3), row("c", 4)), List.of()));
            StoreView view = store.view();
            assertTrue(store.compact(names(store), NOW));
            store.flush(new RowBatch(4, 5, List.of(), List.of("b")));
            store.collect();
            assertEquals(
                    3,
                    view.search(List.of(vector(1)), SearchOptions.exactly(9, NOW), Hidden.NOTHING)
                            .get(0)
                            .size());
            view.close();
            assertEquals(List.of("a@3", "c@4"), Stores.ids(store, NOW));
            store.collect();
            assertEquals(Stores.ids(store, NOW), Stores.ids(Stores.open(storage, 2), NOW));
            assertEquals(3, list("parts").size(), "one part, its sidecar and its delete vector");
            assertEquals(1, store.manifest().parts().size());
        }
    }

    @Test
    void expiredRowsAreNotFoundAndLeaveWithACompaction() throws IOException {
        Row mortal = new Row(Entry.vector("m", vector(1)).withExpiry(Instant.ofEpochMilli(500)), 1);
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, 2, List.of(mortal, row("a", 2)), List.of()));
            for (boolean exact : List.of(true, false)) {
                SearchOptions before = new SearchOptions(2, exact, 1, 499, SearchOptions.ALL);
                SearchOptions after = new SearchOptions(2, exact, 1, 500, SearchOptions.ALL);
                assertEquals(List.of("m@1", "a@2"), Stores.nearest(store, vector(1), before));
                assertEquals(List.of("a@2"), Stores.nearest(store, vector(1), after));
            }
            assertTrue(store.compact(names(store), 500));
            assertEquals(1, store.manifest().parts().get(0).rows());
            assertTrue(store.compact(names(store), NOW));
        }
    }

    @Test
    void aFlushThatWasDoneIsLeftAloneAndOneWithAGapRefused() throws IOException {
        try (VectorStore store = Stores.open(storage, 1)) {
            RowBatch first = new RowBatch(0, 1, List.of(row("a", 1)), List.of());
            store.flush(first);
            assertEquals(1, store.flush(first));
            assertEquals(List.of("a@1"), Stores.ids(store, NOW));
            RowBatch gap = new RowBatch(2, 3, List.of(row("b", 3)), List.of());
            assertThrows(IllegalArgumentException.class, () -> store.flush(gap));
        }
    }

    @Test
    void aWriterWithALowerEpochIsFenced() throws IOException {
        VectorStore old = Stores.open(storage, 1);
        old.flush(new RowBatch(0, 1, List.of(row("a", 1)), List.of()));
        VectorStore taken = Stores.open(storage, 2);
        RowBatch batch = new RowBatch(1, 2, List.of(row("b", 2)), List.of());
        assertThrows(LogFencedException.class, () -> old.flush(batch));
        assertThrows(LogFencedException.class, old::collect);
        assertThrows(LogFencedException.class, () -> Stores.open(storage, 1));
        taken.flush(batch);
        assertEquals(List.of("a@1", "b@2"), Stores.ids(taken, NOW));
        assertTrue(taken.collect() > 0, "what the fenced writer left is collected");
        assertEquals(List.of("a@1", "b@2"), Stores.ids(Stores.open(storage, 3), NOW));
    }

    @Test
    void aStalledWriterOfAnEpochBelowDoesNotCollectWhatALaterOneWrites() throws IOException {
        VectorStore old = Stores.open(storage, 1);
        Location foreign =
                storage.directory().child("parts").child("00000002-6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a.parquet");
        storage.files().create(foreign, List.of());
        old.collect();
        assertTrue(storage.files().find(foreign).isPresent());
        Stores.open(storage, 2).collect();
        assertFalse(storage.files().find(foreign).isPresent());
    }

    @Test
    void filesOfAnObjectStoreAreCreatedWhole() throws IOException {
        Storage objects = new Storage(
                new MemoryFileSystem(
                        EnumSet.of(
                                Capability.CREATE_EXCLUSIVE,
                                Capability.CONDITIONAL_REPLACE,
                                Capability.STRONG_LIST,
                                Capability.RANGE_READ),
                        0),
                Location.parse("memory:/bucket/store"));
        try (VectorStore store = Stores.open(objects, 1)) {
            store.flush(new RowBatch(0, 2, List.of(row("a", 1), row("b", 2)), List.of()));
            store.flush(new RowBatch(2, 3, List.of(), List.of("a")));
            assertTrue(store.compact(names(store), NOW));
            store.collect();
        }
        assertEquals(List.of("b@2"), Stores.ids(Stores.open(objects, 2), NOW));
    }

    @Test
    void aFilterAndWhatIsHiddenAreLeftOut() throws IOException {
        List<Row> rows = java.util.stream.LongStream.rangeClosed(1, 300)
                .mapToObj(i -> new Row(Entry.vector("r" + i, vector(i)).withMetadata(Map.of("n", i)), i))
                .toList();
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, 300, rows, List.of()));
            for (boolean exact : List.of(true, false)) {
                SearchOptions every100 =
                        new SearchOptions(9, exact, 1, NOW, metadata -> (Long) metadata.get("n") % 100 == 0);
                assertEquals(
                        List.of("r200@200", "r100@100", "r300@300").stream()
                                .sorted()
                                .toList(),
                        Stores.nearest(store, vector(200), every100).stream()
                                .sorted()
                                .toList());
                try (StoreView view = store.view()) {
                    List<Found> found = view.search(
                                    List.of(vector(200)), every100, view.hide(List.of("r200", "r7", "none"), Set.of()))
                            .get(0);
                    assertEquals(2, found.size());
                }
            }
        }
    }

    @Test
    void rowsThatHaveExpiredAreDeadRows() throws IOException {
        CompactionPolicy half = new CompactionPolicy(50, 8, 1 << 20);
        try (VectorStore store = Stores.open(storage, 1)) {
            Entry mortal = row("b", 2).entry().withExpiry(Instant.ofEpochMilli(NOW));
            store.flush(new RowBatch(0, 3, List.of(row("a", 1), new Row(mortal, 2), row("c", 3)), List.of()));
            assertEquals(List.of(), store.worthCompacting(half, NOW));
            store.flush(new RowBatch(3, 4, List.of(), List.of("a")));
            assertEquals(List.of(), store.worthCompacting(half, NOW - 1));
            assertEquals(names(store), store.worthCompacting(half, NOW));
            // one that is deleted and expired is dead once
            store.flush(new RowBatch(4, 5, List.of(), List.of("b")));
            assertEquals(List.of(), store.worthCompacting(new CompactionPolicy(67, 8, 1 << 20), NOW));
        }
    }

    @Test
    void anotherDimensionOrMetricIsRefused() throws IOException {
        Stores.open(storage, 1).close();
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> VectorStore.open(
                        storage.files(), storage.directory(), 3, Metric.L2, 2, StoreSettings.DEFAULT, damage -> {}));
        assertTrue(refused.getMessage().contains("expected=3 L2, actual=16 L2"), refused.getMessage());
    }

    private List<FileInfo> list(String name) throws IOException {
        return storage.files().list(storage.directory().child(name));
    }

    private static List<String> names(VectorStore store) {
        return store.manifest().parts().stream().map(part -> part.name()).toList();
    }

    @Test
    void aScanGoesThroughLivingRowsInTheOrderOfSequences() throws IOException {
        Random random = new Random(4);
        List<String> expected = new ArrayList<>();
        StoreScan scan;
        try (VectorStore store = Stores.open(storage, 1)) {
            for (long after = 0; after < 3_000; after += 1_000) {
                List<Row> rows = new ArrayList<>();
                for (long sequence = after + 1; sequence <= after + 1_000; sequence++) {
                    Entry entry = random.nextInt(3) == 0
                            ? Entry.payload("r" + sequence, new byte[] {1})
                            : Entry.vector("r" + sequence, Stores.vector(sequence));
                    boolean mortal = random.nextInt(5) == 0;
                    rows.add(new Row(mortal ? entry.withExpiry(Instant.ofEpochMilli(NOW)) : entry, sequence));
                    if (!mortal && sequence % 7 != 0) {
                        expected.add("r" + sequence + "@" + sequence);
                    }
                }
                store.flush(new RowBatch(after, after + 1_000, rows, List.of()));
            }
            List<String> deleted = LongStream.rangeClosed(1, 3_000)
                    .filter(i -> i % 7 == 0)
                    .mapToObj(i -> "r" + i)
                    .toList();
            store.flush(new RowBatch(3_000, 3_001, List.of(), deleted));
            scan = new StoreScan(store.view(), NOW);
            store.compact(names(store), NOW);
            store.collect(1);
        }
        // goes on with what was there, also behind the store's end
        try (scan) {
            assertEquals(3_001, scan.flushed());
            List<String> found = new ArrayList<>();
            for (Optional<Row> row = scan.next(); row.isPresent(); row = scan.next()) {
                found.add(row.get().id() + "@" + row.get().sequence());
            }
            assertEquals(expected, found);
            assertEquals(Optional.empty(), scan.next());
        }
    }
}
