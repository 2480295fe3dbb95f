package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.store.VectorStore;

/** A table shows what its store holds. */
class TablePublisherTest {

    @TempDir
    private Path catalog;

    @Test
    void aTableShowsWhatItsStoreHolds() throws IOException {
        Place place = new Place(new MemoryFileSystem(), catalog);
        try (VectorStore store = place.open(1)) {
            assertShown(place, store);
            Place.flush(store, List.of("a", "b", "c", "d", "e"), List.of());
            assertShown(place, store);
            Place.flush(store, List.of("b", "f"), List.of("e", "nobody"));
            assertShown(place, store);
            Place.flush(store, List.of("g"), List.of("c"));
            Place.flush(store, List.of(), List.of("f", "a"));
            assertShown(place, store);
            store.compact(store.manifest().parts().stream().map(PartEntry::name).toList(), 0);
            assertShown(place, store);
            Place.flush(store, List.of(), List.of("b", "d", "g"));
            assertShown(place, store);
            store.giveUp();
            assertShown(place, store);
        }
        try (VectorStore store = place.open(7)) {
            assertShown(place, store);
        }
    }

    private static void assertShown(Place place, VectorStore store) throws IOException {
        assertEquals(OptionalLong.of(store.manifest().version()), place.publish());
        assertEquals(Place.held(store), place.shown());
        try (Tables tables = place.tables()) {
            Snapshot snapshot = Place.table(tables).currentSnapshot();
            assertEquals(
                    List.of(
                            Long.toString(store.manifest().version()),
                            Long.toString(store.flushed()),
                            Long.toString(store.manifest().epoch())),
                    List.of(
                            snapshot.summary().get("seawall.manifest-version"),
                            snapshot.summary().get("seawall.flushed-sequence"),
                            snapshot.summary().get("seawall.epoch")));
        }
    }
}
