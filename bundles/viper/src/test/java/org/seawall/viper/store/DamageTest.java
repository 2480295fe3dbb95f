package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.store.Stores.NOW;
import static org.seawall.viper.store.Stores.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.SeawallException;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/** Files that are not what was written: the error names the file, a sidecar is made again, and nothing else is believed. */
class DamageTest {
    private static final int ROWS = 300;

    private final Storage storage = Storage.inMemory();
    private final List<Exception> damage = new ArrayList<>();
    private List<String> expected;

    @BeforeEach
    void fill() throws IOException {
        List<Row> rows = IntStream.rangeClosed(1, ROWS)
                .mapToObj(i -> new Row(
                        Entry.vector("r" + i, vector(i)).withMetadata(Map.of("size", (long) i, "note", "n" + i)), i))
                .toList();
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, ROWS, Column.parse("size:long"), PartSource.of(rows), List.of()));
            store.flush(new RowBatch(ROWS, ROWS + 1, List.of(), List.of("r1")));
            expected = Stores.ids(store, NOW);
        }
    }

    @Test
    void aSidecarWithAnyByteChangedIsMadeAgain() throws IOException {
        Location sidecar = file(".sidecar");
        byte[] bytes = bytes(sidecar);
        for (int at = 0; at < bytes.length; at += 101) {
            replace(sidecar, changed(bytes, at));
            damage.clear();
            assertEverythingIsFound();
            assertEquals(1, damage.size(), "byte " + at);
            assertTrue(
                    damage.get(0).getMessage().contains(sidecar.name()),
                    damage.get(0).getMessage());
        }
    }

    @Test
    void aSidecarThatIsShortOrMissingIsMadeAgain() throws IOException {
        Location sidecar = file(".sidecar");
        byte[] bytes = bytes(sidecar);
        for (int length = 0; length < bytes.length; length += 499) {
            replace(sidecar, java.util.Arrays.copyOf(bytes, length));
            assertEverythingIsFound();
        }
        storage.files().delete(sidecar);
        damage.clear();
        assertEverythingIsFound();
        assertEquals(1, damage.size());
    }

    @Test
    void aPartWithAnyByteChangedIsRightOrNamed() throws IOException {
        Location part = file(".parquet");
        byte[] bytes = bytes(part);
        storage.files().delete(file(".sidecar"));
        int named = 0;
        for (int at = 0; at < bytes.length; at += 97) {
            replace(part, changed(bytes, at));
            try (VectorStore store = open()) {
                // bytes that nothing depends on, such as statistics for others, may be anything
                assertEquals(expected, Stores.ids(store, NOW), "byte " + at);
            } catch (LogCorruptException e) {
                assertTrue(e.getMessage().contains(part.name()), e.getMessage());
                named++;
            }
        }
        assertTrue(named > 4 * Stores.DIMENSION * ROWS / 97, "every byte of a vector counts, named=" + named);
    }

    @Test
    void aPartThatIsMissingIsNamed() throws IOException {
        Location part = file(".parquet");
        storage.files().delete(part);
        try (VectorStore store = open()) {
            LogCorruptException missing = assertThrows(
                    LogCorruptException.class, () -> Stores.nearest(store, vector(1), SearchOptions.nearest(3, NOW)));
            assertTrue(missing.getMessage().startsWith("part is missing"), missing.getMessage());
            assertTrue(missing.getMessage().contains(part.name()), missing.getMessage());
        }
    }

    @Test
    void aDeleteVectorOrManifestWithAnyByteChangedIsNamed() throws IOException {
        Location manifest = last("manifests");
        for (Location file : List.of(file(".deletes"), manifest)) {
            byte[] bytes = bytes(file);
            for (int at = 0; at < bytes.length; at++) {
                replace(file, changed(bytes, at));
                int offset = at;
                SeawallException e = assertThrows(SeawallException.class, () -> open().close(), () -> "byte " + offset);
                assertTrue(e.getMessage().contains(file.name()), e.getMessage());
            }
            replace(file, bytes);
        }
        open().close();
    }

    private void assertEverythingIsFound() throws IOException {
        try (VectorStore store = open()) {
            assertEquals(expected, Stores.ids(store, NOW));
            assertEquals(List.of("r7@7"), Stores.nearest(store, vector(7), SearchOptions.nearest(1, NOW)));
            assertFalse(expected.contains("r1@1"));
        }
    }

    private VectorStore open() throws IOException {
        return VectorStore.open(
                storage.files(),
                storage.directory(),
                Stores.DIMENSION,
                Metric.L2,
                1,
                StoreSettings.DEFAULT,
                damage::add);
    }

    private Location file(String ending) throws IOException {
        return storage.files().list(storage.directory().child("parts")).stream()
                .map(FileInfo::location)
                .filter(file -> file.name().endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private Location last(String name) throws IOException {
        List<FileInfo> files = storage.files().list(storage.directory().child(name));
        return files.get(files.size() - 1).location();
    }

    private byte[] bytes(Location file) throws IOException {
        try (FileInput input = storage.files().open(file)) {
            byte[] bytes = new byte[(int) input.size()];
            input.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private void replace(Location file, byte[] bytes) throws IOException {
        storage.files().delete(file);
        storage.files().create(file, List.of(ByteBuffer.wrap(bytes)));
    }

    private static byte[] changed(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x10;
        return changed;
    }
}
