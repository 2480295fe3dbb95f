package org.seawall.viper.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.exchange.Exchange.FILES;
import static org.seawall.viper.exchange.Exchange.read;
import static org.seawall.viper.exchange.Exchange.vectors;
import static org.seawall.viper.exchange.Exchange.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryInput;
import org.seawall.files.EntryOutput;
import org.seawall.files.MalformedFileException;

/** What is written is read back, from the begin or from where somebody stopped; and what is not finished is not there. */
class ParquetFilesTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        List<Entry> entries = entries(3_000, 24);
        Path file = directory.resolve("out.parquet");
        long size = write(file, vectors(24), entries);
        assertEquals(Files.size(file), size);
        assertSame(entries, read(file, vectors(24)));
    }

    /** Metadata comes in its order, which equals does not look at. */
    private static void assertSame(List<Entry> expected, List<Entry> actual) {
        assertEquals(expected, actual);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(
                    List.copyOf(expected.get(i).metadata().entrySet()),
                    List.copyOf(actual.get(i).metadata().entrySet()));
        }
    }

    @Test
    void severalRowGroupsAreReadBack() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            entries.add(Entry.vector("p" + i, i, 1).withPayload(new byte[20 << 20]));
        }
        Path file = directory.resolve("out.parquet");
        write(file, vectors(2), entries);
        assertEquals(entries, read(file, vectors(2)));
        try (EntryInput input = FILES.open(file, vectors(2))) {
            input.skipThrough(entries.get(3));
            assertEquals(entries.get(4), input.next().orElseThrow());
        }
    }

    @Test
    void payloadsWithoutVectorsAreReadBack() throws IOException {
        List<Entry> entries = List.of(
                Entry.payload("", new byte[] {1}),
                Entry.payload("b", new byte[] {}).withMetadata(Map.of("x", 1.5)),
                Entry.payload("c", new byte[] {2, 3}).withExpiry(Instant.ofEpochMilli(7)));
        Path file = directory.resolve("out.parquet");
        write(file, CollectionSpec.payloads("p"), entries);
        assertEquals(entries, read(file, CollectionSpec.payloads("p")));
        assertMalformed(file, vectors(2), "foreign dimension, expected=2, actual=0", "row=0", "vector");
    }

    @Test
    void aFileOfNothingIsReadBack() throws IOException {
        Path file = directory.resolve("out.parquet");
        write(file, vectors(2), List.of());
        assertEquals(List.of(), read(file, vectors(2)));
    }

    @Test
    void nothingIsThereBeforeItIsFinished() throws IOException {
        Path file = directory.resolve("out.parquet");
        Files.writeString(file, "before");
        try (EntryOutput output = FILES.create(file, vectors(1))) {
            output.add(new LoggedEntry(1, Entry.vector("a", 1)));
        }
        assertEquals("before", Files.readString(file));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList());
        }
        write(file, vectors(1), List.of(Entry.vector("a", 1)));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList());
        }
        assertThrows(IOException.class, () -> FILES.create(directory, vectors(1)));
        assertThrows(IOException.class, () -> FILES.create(directory.resolve("no/out.parquet"), vectors(1)));
    }

    @Test
    void aFileThatCannotGetItsNameLeavesWhatHasIt() throws IOException {
        Path file = directory.resolve("out.parquet");
        try (EntryOutput output = FILES.create(file, vectors(1))) {
            output.add(new LoggedEntry(1, Entry.vector("a", 1)));
            Files.createDirectory(file);
            assertThrows(IOException.class, output::finish);
        }
        assertTrue(Files.isDirectory(file));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void halfACharacterDoesNotHarmItsRow() throws IOException {
        Path file = directory.resolve("out.parquet");
        write(file, vectors(1), List.of(Entry.vector("a\ud83c", 1), Entry.vector("b", 2)));
        assertEquals(List.of(Entry.vector("a?", 1), Entry.vector("b", 2)), read(file, vectors(1)));
    }

    @Test
    void whatDoesNotFitIsRefusedAndTheRestIsWritten() throws IOException {
        Path file = directory.resolve("out.parquet");
        try (EntryOutput output = FILES.create(file, vectors(2))) {
            output.add(new LoggedEntry(1, Entry.vector("a", 1, 2)));
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> output.add(new LoggedEntry(2, Entry.vector("b", 1))));
            assertTrue(refused.getMessage().startsWith("foreign dimension, expected=2, actual=1, id=b"));
            assertThrows(IllegalArgumentException.class, () -> output.add(new LoggedEntry(3, Entry.delete("a"))));
            output.finish();
        }
        assertEquals(List.of(Entry.vector("a", 1, 2)), read(file, vectors(2)));
        assertMalformed(file, vectors(3), "foreign dimension, expected=3, actual=2", "column=vector", "row=0");
    }

    @Test
    void readingGoesOnBehindTheNewestEntry() throws IOException {
        List<Entry> entries = entries(1_000, 4);
        Path file = directory.resolve("out.parquet");
        write(file, vectors(4), entries);
        try (EntryInput input = FILES.open(file, vectors(4))) {
            // the log set another time
            input.skipThrough(entries.get(700).withTimestamp(Instant.ofEpochMilli(99)));
            assertEquals(701, input.rows());
            assertEquals(entries.get(701), input.next().orElseThrow());
        }
        try (EntryInput input = FILES.open(file, vectors(4))) {
            Entry other = Entry.vector("id-7", 9, 9, 9, 9);
            MalformedFileException e = assertThrows(MalformedFileException.class, () -> input.skipThrough(other));
            assertTrue(e.getMessage().contains("id=id-7"), e.getMessage());
        }
    }

    @Test
    void aFileThatIsNoneIsNamed() throws IOException {
        Path file = directory.resolve("in.parquet");
        Files.writeString(file, "PAR1");
        assertMalformed(file, vectors(1), "too short for a Parquet file");
        Files.writeString(file, "{\"id\": \"a\", \"vector\": [1]}");
        assertMalformed(file, vectors(1), "no Parquet file, or cut off, expected=PAR1 at its end", "in.parquet");
        Files.writeString(file, "PARE    \1\0\0\0PARE");
        assertMalformed(file, vectors(1), "encrypted file");
        Files.writeString(file, "PAR1    \377\377\377\177PAR1", StandardCharsets.ISO_8859_1);
        assertMalformed(file, vectors(1), "length of the footer, expected=1 to 4, actual=2147483647");
        Files.writeString(file, "PAR1        \4\0\0\0PAR1");
        assertMalformed(file, vectors(1), "FileMetaData is not readable");
        assertThrows(IOException.class, () -> FILES.open(directory.resolve("none.parquet"), vectors(1)));
    }

    private static void assertMalformed(Path file, CollectionSpec spec, String... facts) {
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(file, spec));
        for (String fact : facts) {
            assertTrue(e.getMessage().contains(fact), e.getMessage());
        }
        assertTrue(e.getMessage().contains("file=" + file), e.getMessage());
    }

    static List<Entry> entries(int count, int dimension) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[dimension];
            for (int k = 0; k < dimension; k++) {
                vector[k] = (float) Math.sin(i * dimension + k);
            }
            entries.add(Entry.vector("id-" + i, vector)
                    .withMetadata(metadata(i))
                    .withPayload(new byte[i % 5])
                    .withTimestamp(Instant.ofEpochMilli(1_000_000L + i))
                    .withExpiry(Instant.ofEpochMilli(i % 3)));
        }
        return entries;
    }

    private static Map<String, Object> metadata(int i) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (i % 7 != 0) {
            metadata.put("zone", i % 2 == 0 ? "sea" : "wäll \ud83c\udf0a");
            metadata.put("n", (long) i << 40);
            metadata.put("a", i / 3.0);
            metadata.put("even", i % 2 == 0);
        }
        return metadata;
    }
}
