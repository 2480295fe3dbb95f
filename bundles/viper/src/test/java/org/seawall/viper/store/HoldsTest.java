package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.store.Stores.row;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Storage;
import org.seawall.viper.manifest.Holds;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.ManifestLog;
import org.seawall.viper.manifest.PartEntry;

/** What others hold is not collected, by whichever writer. */
class HoldsTest {
    private final Storage storage = Storage.inMemory();
    private final Holds holds = new Holds(storage.files(), storage.directory());
    private final ManifestLog log =
            new ManifestLog(storage.files(), storage.directory().child("manifests"));

    @Test
    void aManifestThatIsHeldStaysWithItsFiles() throws IOException {
        Manifest held;
        try (VectorStore store = Stores.open(storage, 1)) {
            flush(store, "a");
            flush(store, "b");
            held = store.manifest();
            holds.add("reader", held.version());
            holds.add("reader", held.version());
            flush(store, "a");
            compact(store);
            store.collect(1);
            assertThere(held);
        }
        try (VectorStore store = Stores.open(storage, 2)) {
            store.collect(1);
            assertThere(held);
            holds.release("another", Set.of());
            holds.release("reader", Set.of(held.version()));
            assertEquals(Set.of(held.version()), holds.versions());
            holds.release("reader", Set.of());
            store.collect(1);
            assertEquals(List.of(store.manifest().version()), log.versions());
            assertEquals(Set.copyOf(store.manifest().files()), parts());
        }
    }

    @Test
    void whoHoldsAManifestWhileItIsCollectedHasItWhereHeFoundIt() throws IOException {
        FaultyFileSystem watched = new FaultyFileSystem(storage.files(), 0);
        try (VectorStore store = Stores.open(storage.through(watched), 1)) {
            flush(store, "a");
            flush(store, "b");
            Manifest held = store.manifest();
            compact(store);
            watched.hook(operation -> {
                if (operation.startsWith("delete manifest-") && operation.endsWith(Long.toString(held.version()))) {
                    watched.hook(ignored -> {});
                    holds.add("reader", held.version());
                    assertTrue(log.versions().contains(held.version()));
                }
            });
            store.collect(1);
            assertEquals(Set.of(held.version()), holds.versions(), "held in the middle");
            assertThere(held);
            store.collect(1);
            assertThere(held);
        }
    }

    @Test
    void aDamagedManifestThatNobodyNeedsGoes() throws IOException {
        try (VectorStore store = Stores.open(storage, 1)) {
            flush(store, "a");
            flush(store, "b");
            log.delete(1);
            storage.files()
                    .create(storage.directory().child("manifests").child("manifest-0000000000000000001"), List.of());
            store.collect(1);
            assertEquals(List.of(store.manifest().version()), log.versions());
        }
    }

    @Test
    void aHolderHasAName() {
        assertThrows(IllegalArgumentException.class, () -> holds.add("../manifests/x", 1));
        assertThrows(IllegalArgumentException.class, () -> holds.add("", 1));
    }

    private void assertThere(Manifest held) throws IOException {
        assertEquals(held, log.read(held.version()));
        assertTrue(parts().containsAll(held.files()), "files=" + parts() + ", expected=" + held.files());
    }

    private Set<String> parts() throws IOException {
        return storage.files().list(storage.directory().child("parts")).stream()
                .map(FileInfo::name)
                .collect(Collectors.toSet());
    }

    private static void flush(VectorStore store, String id) throws IOException {
        long sequence = store.flushed() + 1;
        store.flush(new RowBatch(sequence - 1, sequence, List.of(row(id, sequence)), List.of()));
    }

    private static void compact(VectorStore store) throws IOException {
        store.compact(store.manifest().parts().stream().map(PartEntry::name).toList(), Stores.NOW);
    }
}
