package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;

class ReplaceTest extends LocalTest {

    @Test
    void theExpectedVersionIsReplaced() throws IOException {
        FileInfo old = files.create(at("a"), text("old"));
        FileInfo now = files.replace(at("a"), text("n", "ew"), Optional.of(old.version()));
        assertEquals("new", content(at("a")));
        assertEquals(files.find(at("a")).orElseThrow(), now);
        assertEquals(List.of("a"), onDisk());
    }

    @Test
    void anotherVersionIsLeftAlone() throws IOException {
        FileInfo old = files.create(at("a"), text("1"));
        files.replace(at("a"), text("2"), Optional.of(old.version()));
        FileAlreadyExistsException e = assertThrows(
                FileAlreadyExistsException.class, () -> files.replace(at("a"), text("3"), Optional.of(old.version())));
        assertTrue(e.getMessage().contains(at("a").toString()), e.getMessage());
        assertEquals("2", content(at("a")));
        assertEquals(List.of("a"), onDisk());
    }

    @Test
    void aFileThatWasReplacedMeanwhileIsLeftAlone() throws IOException {
        FileInfo old = files.create(at("a"), text("1"));
        disk.failing = call -> {
            if (call.equals("force temporary")) {
                disk.failing = other -> false;
                replaceBySomebodyElse(old);
            }
            return false;
        };
        assertThrows(
                FileAlreadyExistsException.class, () -> files.replace(at("a"), text("3"), Optional.of(old.version())));
        assertEquals("2", content(at("a")));
    }

    private void replaceBySomebodyElse(FileInfo old) {
        try {
            files.replace(at("a"), text("2"), Optional.of(old.version()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aMissingFileIsMissing() {
        assertThrows(NoSuchFileException.class, () -> files.replace(at("a"), text("1"), Optional.of("1-2-3")));
    }

    @Test
    void noVersionIsExpectedOfANewFileOnly() throws IOException {
        files.replace(at("a"), text("1"), Optional.empty());
        assertThrows(FileAlreadyExistsException.class, () -> files.replace(at("a"), text("2"), Optional.empty()));
        assertEquals("1", content(at("a")));
    }

    @Test
    void noVersionComesBackHoweverFastItIsReplaced() throws IOException {
        Set<String> versions = new HashSet<>();
        String version = files.create(at("a"), text("0")).version();
        for (int i = 0; i < 200; i++) {
            assertTrue(versions.add(version), version);
            version = files.replace(at("a"), text("" + i % 10), Optional.of(version))
                    .version();
        }
    }

    @Test
    void aReplacementIsLaterThanWhatItReplacesAlsoIfTheClockWasSetBack() throws IOException {
        files.create(at("a"), text("0"));
        FileTime ahead = FileTime.from(Instant.now().plus(Duration.ofDays(1)));
        Files.setLastModifiedTime(directory.resolve("a"), ahead);
        String version = files.find(at("a")).orElseThrow().version();
        files.replace(at("a"), text("1"), Optional.of(version));
        assertTrue(Files.getLastModifiedTime(directory.resolve("a")).compareTo(ahead) > 0);
    }

    @Test
    void contentIsForcedBeforeTheMoveAndTheDirectoryAfterwards() throws IOException {
        FileInfo old = files.create(at("a"), text("old"));
        disk.calls.clear();
        files.replace(at("a"), text("new"), Optional.of(old.version()));
        assertEquals(
                List.of(
                        "open temporary",
                        "write temporary",
                        "force temporary",
                        "forceDirectory " + directory.getFileName()),
                disk.calls);
    }

    @Test
    void aFailureBeforeTheMoveKeepsTheOldContentAndAfterItIsAnUnknownOutcome() throws IOException {
        FileInfo old = files.create(at("a"), text("old"));
        disk.failing = "force temporary"::equals;
        assertThrows(IOException.class, () -> files.replace(at("a"), text("new"), Optional.of(old.version())));
        assertEquals("old", content(at("a")));
        assertEquals(List.of("a"), onDisk());
        disk.failing = ("forceDirectory " + directory.getFileName())::equals;
        assertThrows(
                OutcomeUnknownException.class, () -> files.replace(at("a"), text("new"), Optional.of(old.version())));
    }
}
