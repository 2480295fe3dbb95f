package org.seawall.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path directory;

    @Test
    void missingDirectoriesAreMade() throws Exception {
        Home home = new Home(directory.resolve("a/b"));
        home.create();
        home.create();
        try (Stream<Path> made = Files.list(home.directory())) {
            assertEquals(
                    "conf data deploy log",
                    String.join(
                            " ",
                            made.map(path -> path.getFileName().toString())
                                    .sorted()
                                    .toList()));
        }
    }

    @Test
    void aRelativeHomeIsMadeAbsolute() {
        assertTrue(new Home(Path.of("x/../y")).directory().isAbsolute());
        assertTrue(new Home(Path.of("x/../y")).directory().endsWith("y"));
    }

    @Test
    void aHomeThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        StartException e = assertThrows(StartException.class, () -> new Home(file.resolve("home")).create());
        assertTrue(e.getMessage().startsWith("home cannot be created, reason="), e.getMessage());
        assertTrue(e.getMessage().endsWith("directory=" + file.resolve("home/conf")), e.getMessage());
    }
}
