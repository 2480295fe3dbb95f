package org.example.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;

/** The contract of file systems, and what is a volume's own. */
@Subject(value = "volume", on = "volume")
class VolumeFileSystemTest extends FileSystemContract {
    @TempDir
    Path root;

    @Override
    public Storage storage() {
        return new Storage(new VolumeFileSystem(root), Location.parse("volume:/seawall"));
    }

    @Test
    void aVolumeThatIsNotMountedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new VolumeFileSystem(root.resolve("missing")));
    }

    @Test
    void noLocationLeadsOut() throws Exception {
        Path inner = Files.createDirectory(root.resolve("inner"));
        Files.writeString(root.resolve("secret"), "x");
        for (String url : List.of("volume:/../secret", "volume:/a/../../secret", "volume:/.unnamed/x")) {
            assertThrows(
                    StorageDeniedException.class, () -> new VolumeFileSystem(inner).find(Location.parse(url)), url);
        }
    }

    @Test
    void nothingIsLeftOfACreationButTheFile() throws Exception {
        Storage storage = storage();
        storage.files().create(storage.directory().child("a"), List.of());
        assertThrows(
                Exception.class,
                () -> storage.files().create(storage.directory().child("a"), List.of()));
        storage.files().replace(storage.directory().child("b"), List.of(), Optional.empty());
        String version = storage.files()
                .find(storage.directory().child("b"))
                .orElseThrow()
                .version();
        storage.files().replace(storage.directory().child("b"), List.of(), Optional.of(version));
        try (Stream<Path> unnamed = Files.list(root.resolve(".unnamed"))) {
            assertEquals(
                    List.of("lock"),
                    unnamed.map(file -> file.getFileName().toString()).toList());
        }
        assertEquals(1, storage.files().list(Location.parse("volume:/")).size());
    }
}
