package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.core.catalog.CatalogStart.Remembered;
import org.seawall.spi.filesystem.Location;

class CatalogMemoryTest {
    private static final Location DISK = Location.parse("file:/wal/catalog");
    private static final Location STORE = Location.parse("s3://bucket/wal/catalog");

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("data").resolve("main.place");
    }

    private CatalogMemory memory() {
        return new CatalogMemory(Optional.of(file()));
    }

    private Optional<Remembered> remembered(Location place, long sequence) {
        return Optional.of(new Remembered(place, sequence, file().toString()));
    }

    @Test
    void theNextProcessKnowsWhereItWas() {
        assertEquals(Optional.empty(), memory().last());
        CatalogMemory memory = memory();
        memory.remember(DISK, 3);
        assertEquals(remembered(DISK, 3), memory.last());
        assertEquals(remembered(DISK, 3), memory().last());
        memory.remember(STORE, 4);
        assertEquals(remembered(STORE, 4), memory().last());
    }

    @Test
    void itIsWrittenAgainForAnotherPlaceAndForTheFirstChangeOnly() throws Exception {
        CatalogMemory memory = memory();
        memory.remember(DISK, 0);
        memory.remember(DISK, 1);
        assertEquals(remembered(DISK, 1), memory().last());
        Files.delete(file());
        memory.remember(DISK, 2);
        assertFalse(Files.exists(file()));
    }

    @Test
    void whatIsForgottenIsNotKnown() {
        CatalogMemory memory = memory();
        memory.remember(DISK, 3);
        memory.forget();
        assertEquals(Optional.empty(), memory.last());
        assertEquals(Optional.empty(), memory().last());
    }

    @Test
    void aFileThatIsNotReadableIsNoMemoryAndIsWrittenAgain() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "many\n");
        CatalogMemory memory = memory();
        assertEquals(Optional.empty(), memory.last());
        memory.remember(DISK, 3);
        assertEquals(remembered(DISK, 3), memory().last());
    }

    @Test
    void withoutAFileNothingIsRemembered() {
        CatalogMemory memory = new CatalogMemory(Optional.empty());
        memory.remember(DISK, 3);
        memory.forget();
        assertTrue(memory.last().isEmpty());
    }
}
