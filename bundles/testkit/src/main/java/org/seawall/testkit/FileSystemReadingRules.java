package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** Rules F1 to F12: what is there, and its bytes. */
interface FileSystemReadingRules {
    Storage storage();

    private Probe probe() {
        return new Probe(storage());
    }

    @Test
    default void f01_theCapabilitiesAreTheSameAtEveryCall() {
        Probe probe = probe();
        assertEquals(probe.files().capabilities(), probe.files().capabilities());
    }

    @Test
    default void f02_aMissingDirectoryIsAnEmptyList() throws IOException {
        assertEquals(List.of(), probe().names(probe().at("missing")));
    }

    @Test
    default void f03_aFileIsNotListedAsAnEmptyDirectory() throws IOException {
        Probe probe = probe();
        Location file = probe.put("x", "file");
        assertThrows(IOException.class, () -> probe.files().list(file));
    }

    @Test
    default void f04_aListIsSortedByNameAndNotDeep() throws IOException {
        Probe probe = probe();
        for (String name : List.of("b", "ab", "a-", "a", "c")) {
            probe.put(name, "list", name);
        }
        probe.put("deep", "list", "directory", "deeper", "file");
        assertEquals(List.of("a", "a-", "ab", "b", "c", "directory"), probe.names(probe.at("list")));
        List<FileInfo> listed = probe.files().list(probe.at("list"));
        assertEquals(
                List.of("directory"),
                listed.stream().filter(FileInfo::directory).map(FileInfo::name).toList());
        assertEquals(2, listed.get(2).size(), "size of ab");
        assertEquals(probe.at("list", "ab"), listed.get(2).location());
    }

    @Test
    default void f05_aListShowsEverythingThatWasCreatedBeforeItBegan() throws IOException {
        Probe probe = probe().needing(Capability.STRONG_LIST);
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            created.add("file-" + (100 + i));
            probe.put("x", "list", created.get(i));
            assertEquals(created, probe.names(probe.at("list")));
        }
    }

    @Test
    default void f06_aFileIsFoundAsItIsAndNothingWhereNothingIs() throws IOException {
        Probe probe = probe();
        Location file = probe.put("text", "directory", "file");
        FileInfo found = probe.find(file).orElseThrow();
        assertEquals(file, found.location());
        assertEquals(4, found.size());
        assertFalse(found.directory());
        assertFalse(found.version().isEmpty());
        assertTrue(probe.find(probe.at("directory")).orElseThrow().directory());
        assertEquals(Optional.empty(), probe.find(probe.at("directory", "fil")));
        assertEquals(Optional.empty(), probe.find(probe.at("missing", "file")));
    }

    @Test
    default void f07_namesAreTakenLiterally() throws IOException {
        Probe probe = probe();
        for (String name : List.of("a%20b", "a b", "wal_00000001_20250628142000.avro", "0b6bd1b5-92a8", "A.b+c")) {
            probe.put(name, "names", name);
            assertEquals(name, probe.text(probe.at("names", name)));
        }
        assertEquals(5, probe.names(probe.at("names")).size());
    }

    @Test
    default void f08_openingAMissingFileSaysSoAndNamesIt() {
        Probe probe = probe();
        Probe.assertNames(
                probe.at("missing"),
                NoSuchFileException.class,
                () -> probe.files().open(probe.at("missing")));
    }

    @Test
    default void f09_aReadFillsItsBufferFromWhereItIsTold() throws IOException {
        Probe probe = probe();
        String text = IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining());
        Location file = probe.put(text, "file");
        try (FileInput input = probe.files().open(file)) {
            assertEquals(file, input.location());
            assertEquals(text.length(), input.size());
            for (int offset : new int[] {0, 1, 511, 4096, 200_000, text.length() - 70_000}) {
                ByteBuffer target = ByteBuffer.allocate(70_002).position(1).limit(70_001);
                input.read(offset, target);
                assertEquals(target.limit(), target.position(), "position after a read");
                assertEquals(
                        text.substring(offset, offset + 70_000),
                        new String(target.array(), 1, 70_000),
                        "offset " + offset);
            }
        }
    }

    @Test
    default void f10_aReadBehindTheEndSaysSoAndNamesTheFile() throws IOException {
        Probe probe = probe();
        Location file = probe.put("text", "file");
        try (FileInput input = probe.files().open(file)) {
            for (int offset : new int[] {1, 4, 5, 1_000_000}) {
                Probe.assertNames(file, EOFException.class, () -> input.read(offset, ByteBuffer.allocate(4)));
            }
            input.read(4, ByteBuffer.allocate(0));
        }
    }

    @Test
    default void f11_severalThreadsReadOneOpenFile() throws Exception {
        Probe probe = probe();
        String text = "0123456789".repeat(10_000);
        Location file = probe.put(text, "file");
        try (FileInput input = probe.files().open(file)) {
            Together.run(4, thread -> {
                for (int i = 0; i < 200; i++) {
                    ByteBuffer target = ByteBuffer.allocate(1_000);
                    int offset = (i * 461 + thread * 37) % 90_000;
                    input.read(offset, target);
                    assertEquals(text.substring(offset, offset + 1_000), new String(target.array()));
                }
            });
        }
    }

    @Test
    default void f12_whatOneObjectWritesAnotherSees() throws IOException {
        Probe writer = probe();
        Location file = writer.put("text", "directory", "file");
        Probe reader = probe();
        assertEquals("text", reader.text(file));
        assertEquals(List.of("file"), reader.names(reader.at("directory")));
    }
}
