package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** A log in two places is read as one, and is written in the new place alone. */
class AcrossFilesTest {
    private static final String FIRST = "wal_00000001_20250628142000.avro";
    private static final String SECOND = "wal_00000002_20250628142000.avro";
    private static final String THIRD = "wal_00000003_20250628142000.avro";
    private static final String FOURTH = "wal_00000004_20250628142000.avro";

    private final LogLayout there = LogLayout.collection("log", Location.parse("new:/wal"), Logs.FOUNDED);
    private final LogLayout before = LogLayout.collection("log", Location.parse("old:/data/wal"), Logs.FOUNDED);
    private final MemoryFileSystem files = new MemoryFileSystem();
    private final FaultyFileSystem old = new FaultyFileSystem(new MemoryFileSystem(), 0);
    private final AcrossFiles across =
            new AcrossFiles(files, there, new AcrossFiles.Old(old, before), new Crossing(3, THIRD, 6));
    private int untouched;

    @BeforeEach
    void write() throws IOException {
        put(old, segment(before, FIRST), "first");
        put(old, segment(before, SECOND), "second");
        put(old, before.segments().active(), "header and the rest");
        put(old, before.snapshot(), "snapshot");
        put(old, before.archive().child("20250628_142000").child(FIRST), "archived");
        put(old, segment(before, FOURTH), "of one who was too late");
        put(files, segment(there, FIRST), "the rest of an attempt");
        put(files, segment(there, FOURTH), "fourth");
        untouched = old.history().size();
    }

    @Test
    void bothAreListedAsOneAndTheCrossingDecidesWhatIsRead() throws IOException {
        assertEquals(
                List.of(FIRST, SECOND, THIRD, FOURTH), names(there.segments().segments()));
        assertEquals("first", text(segment(there, FIRST)));
        assertEquals("second", text(segment(there, SECOND)));
        assertEquals("header", text(segment(there, THIRD)));
        assertEquals("fourth", text(segment(there, FOURTH)));
        assertEquals("snapshot", text(there.snapshot()));
        assertEquals(List.of("20250628_142000"), names(there.archive()));
        assertEquals(List.of(FIRST), names(there.archive().child("20250628_142000")));
        assertTrue(across.find(there.segments().active()).isEmpty(), "there is no active segment yet");
        assertEquals(6, across.find(segment(there, THIRD)).orElseThrow().size());
        assertEquals(untouched, old.history().size(), "nothing is changed in the old place");
    }

    @Test
    void whatIsTakenForAFileEndsWhereItEnds() throws IOException {
        try (FileInput input = across.open(segment(there, THIRD))) {
            assertEquals(6, input.size());
            assertEquals(segment(there, THIRD), input.location());
            assertThrows(EOFException.class, () -> input.read(4, ByteBuffer.allocate(3)));
        }
        assertThrows(
                NoSuchFileException.class, () -> across.open(there.archive().child("none")));
    }

    @Test
    void everythingIsWrittenInTheNewPlace() throws IOException {
        put(across, there.segments().active(), "active");
        put(across, there.directory().child("wal.takeover"), "asked");
        across.delete(segment(there, SECOND));
        across.rename(
                segment(there, SECOND), there.archive().child("20250628_150000").child(SECOND));
        assertEquals("second", text(there.archive().child("20250628_150000").child(SECOND)));
        across.deleteTree(there.archive());
        assertEquals("second", text(segment(there, SECOND)));
        assertEquals("archived", text(there.archive().child("20250628_142000").child(FIRST)));
        assertEquals(untouched, old.history().size());
    }

    @Test
    void whatWasCopiedOverIsWholeWithoutTheOldPlace() throws IOException {
        for (int i = 0; i < 2; i++) {
            for (FileInfo file : across.before()) {
                across.copyOver(file);
            }
        }
        assertEquals(5, across.before().size());
        assertEquals(untouched, old.history().size());
        old.deleteTree(before.directory());
        assertEquals(
                List.of(FIRST, SECOND, THIRD, FOURTH), names(there.segments().segments()));
        assertEquals("first", text(segment(there, FIRST)));
        assertEquals("header", text(segment(there, THIRD)));
        assertEquals("fourth", text(segment(there, FOURTH)));
        assertEquals("snapshot", text(there.snapshot()));
    }

    @Test
    void aPlaceThatFailsIsNotTakenForAnEmptyOne() {
        old.hook(operation -> {
            throw new IOException("is not there, operation=" + operation);
        });
        assertThrows(IOException.class, () -> across.find(segment(there, SECOND)));
        assertThrows(IOException.class, () -> across.list(there.segments().segments()));
        assertThrows(IOException.class, () -> across.open(segment(there, FIRST)));
    }

    private List<String> names(Location directory) throws IOException {
        return across.list(directory).stream().map(FileInfo::name).toList();
    }

    private String text(Location file) throws IOException {
        try (FileInput input = across.open(file)) {
            byte[] bytes = new byte[(int) input.size()];
            input.read(0, ByteBuffer.wrap(bytes));
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Location segment(LogLayout layout, String name) {
        return layout.segments().segments().child(name);
    }

    private static void put(FileSystem files, Location file, String text) throws IOException {
        files.create(file, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }
}
