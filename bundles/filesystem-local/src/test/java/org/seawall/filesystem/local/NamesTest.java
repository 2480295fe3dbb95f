package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

class NamesTest extends LocalTest {

    @Test
    void aListIsSortedByNameAndTellsFilesFromDirectories() throws IOException {
        files.create(at("b"), text("22"));
        files.create(at("c/inner"), text("1"));
        files.create(at("a"), text("1"));
        List<FileInfo> list = files.list(root());
        assertEquals(List.of("a", "b", "c"), list.stream().map(FileInfo::name).toList());
        assertEquals(List.of(1L, 2L, 0L), list.stream().map(FileInfo::size).toList());
        assertEquals(new FileInfo(at("c"), true, 0, ""), list.get(2));
        assertEquals(files.find(at("b")).orElseThrow(), list.get(1));
    }

    @Test
    void aMissingDirectoryIsAnEmptyListAndAFileIsAnError() throws IOException {
        assertEquals(List.of(), files.list(at("missing")));
        files.create(at("a"), text("1"));
        IOException e = assertThrows(IOException.class, () -> files.list(at("a")));
        assertTrue(e.getMessage().contains(at("a").toString()), e.getMessage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void strangeNamesAreListedAsTheyAre() throws IOException {
        Files.writeString(directory.resolve("back\\slash"), "1");
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        assertEquals(List.of("back\\slash", "dangling"), listed());
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        assertEquals(Optional.empty(), files.find(at("a")));
        assertEquals(Optional.empty(), files.find(at("x/y/a")));
        NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> files.open(at("a")));
        assertTrue(e.getMessage().contains(at("a").toString()), e.getMessage());
        assertThrows(IOException.class, () -> files.open(root()));
    }

    @Test
    void aReadFillsTheBufferOrNamesFileOffsetAndSize() throws IOException {
        files.create(at("a"), text("0123456789"));
        try (FileInput input = files.open(at("a"))) {
            assertEquals(10, input.size());
            assertEquals(at("a"), input.location());
            ByteBuffer target = ByteBuffer.allocate(4);
            input.read(3, target);
            assertEquals("3456", new String(target.array()));
            assertFalse(target.hasRemaining());
            EOFException e = assertThrows(EOFException.class, () -> input.read(8, ByteBuffer.allocate(4)));
            assertEquals("file ends too early, wanted=4, offset=8, size=10, file=" + at("a"), e.getMessage());
        }
    }

    @Test
    void renameMovesAFileAndNeverReplaces() throws IOException {
        files.create(at("a"), text("a"));
        files.create(at("b"), text("b"));
        FileAlreadyExistsException e =
                assertThrows(FileAlreadyExistsException.class, () -> files.rename(at("a"), at("b")));
        assertTrue(e.getMessage().contains(at("b").toString()), e.getMessage());
        assertEquals("b", content(at("b")));
        files.rename(at("a"), at("new/a"));
        assertEquals("a", content(at("new/a")));
        assertEquals(Optional.empty(), files.find(at("a")));
        assertTrue(disk.calls.contains("forceDirectory " + directory.getFileName()));
        NoSuchFileException missing = assertThrows(NoSuchFileException.class, () -> files.rename(at("a"), at("c")));
        assertTrue(missing.getMessage().contains(at("a").toString()), missing.getMessage());
    }

    @Test
    void deleteTakesFilesOnly() throws IOException {
        files.delete(at("a"));
        files.create(at("d/a"), text("1"));
        files.delete(at("d/a"));
        assertEquals(List.of(), files.list(at("d")));
        assertThrows(IOException.class, () -> files.delete(at("d")));
        assertEquals(List.of("d"), listed());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void deleteTreeFollowsNoLinkAndLeavesNothing() throws IOException {
        files.create(at("outside/kept"), text("1"));
        files.create(at("tree/x/y/a"), text("1"));
        Files.writeString(TemporaryFile.unusedName(directory.resolve("tree/x")), "half");
        Files.createSymbolicLink(directory.resolve("tree/link"), directory.resolve("outside"));
        files.deleteTree(at("tree"));
        assertEquals(List.of("outside"), onDisk());
        assertEquals("1", content(at("outside/kept")));
    }

    @Test
    void deleteTreeForcesTheParentEvenIfNothingWasLeft() throws IOException {
        files.create(at("d/tree/a"), text("1"));
        disk.calls.clear();
        files.deleteTree(at("d/tree"));
        files.deleteTree(at("d/tree"));
        assertEquals(List.of("forceDirectory d", "forceDirectory d"), disk.calls);
        files.create(at("f"), text("1"));
        assertThrows(IOException.class, () -> files.deleteTree(at("f")));
        assertEquals("1", content(at("f")));
    }

    @Test
    void aDirectoryIsMadeAgainAndForcedAgainAfterDeleteTree() throws IOException {
        files.create(at("d/tree/a"), text("1"));
        files.deleteTree(at("d"));
        disk.calls.clear();
        files.create(at("d/tree/a"), text("2"));
        assertTrue(disk.calls.contains("forceDirectory d"), disk.calls::toString);
        assertTrue(disk.calls.contains("forceDirectory " + directory.getFileName()), disk.calls::toString);
    }

    @Test
    void aDirectoryThatSomebodyElseMadeAgainIsForcedAgain() throws IOException {
        files.create(at("d/tree/a"), text("1"));
        files.deleteTree(at("d/tree"));
        Files.createDirectory(directory.resolve("d/tree"));
        disk.calls.clear();
        files.create(at("d/tree/a"), text("2"));
        assertEquals("forceDirectory d", disk.calls.get(0));
    }

    @Test
    void forceDirectoryMakesTheDirectoryItselfDurableToo() throws IOException {
        Files.createDirectories(directory.resolve("x/y"));
        files.forceDirectory(at("x/y"));
        assertTrue(index("forceDirectory x") < index("forceDirectory y"), disk.calls::toString);
        assertThrows(NoSuchFileException.class, () -> files.forceDirectory(at("missing")));
    }

    @Test
    void onlyFilesAreServedAndTheOwnNamesAreReserved() {
        assertThrows(IllegalArgumentException.class, () -> files.find(Location.parse("s3://bucket/a")));
        assertThrows(IllegalArgumentException.class, () -> files.find(at(".seawall-x.tmp")));
        assertThrows(IllegalArgumentException.class, () -> files.find(new Location("file", "a\0b")));
    }

    @Test
    void pathsAreLiteralAndRelativeToTheWorkingDirectory() {
        assertEquals(Path.of("").toAbsolutePath().resolve("data/a%20b"), LocalPaths.path(Location.parse("data/a%20b")));
        assertEquals("C:/wal", LocalPaths.text("/C:/wal", true));
        assertEquals("/C:/wal", LocalPaths.text("/C:/wal", false));
        assertEquals("C:\\wal", LocalPaths.text("C:\\wal", true));
    }
}
