package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryFiles;
import org.seawall.files.EntryInput;
import org.seawall.files.EntryOutput;
import org.seawall.shell.output.VectorWriter;

class ExportTest {
    private final GogoShell shell = new GogoShell();

    @TempDir
    private Path directory;

    @BeforeEach
    void create() {
        shell.good("wal:create points --dimension 2; wal:create copy --dimension 2; wal:create events --payloads");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void whatIsExportedAsJsonlGoesInAgainAsItWas() throws IOException {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("z", "\"é\n\u2028");
        metadata.put("n", Long.MIN_VALUE);
        metadata.put("x", 1.0);
        metadata.put("nan", Double.NaN);
        metadata.put("inf", Double.NEGATIVE_INFINITY);
        metadata.put("yes", true);
        Entry full = Entry.vector("a \u0000", 0.1f, Float.MIN_VALUE)
                .withMetadata(metadata)
                .withPayload(new byte[] {0, -1})
                .withTimestamp(Instant.ofEpochMilli(1_234_567_890_123L))
                .withExpiry(Instant.ofEpochMilli(9_999_999_999_999L));
        List<Entry> entries = List.of(
                full,
                Entry.vector("b", 1, 2).withTimestamp(Instant.ofEpochMilli(1)),
                Entry.vector("c", 3, 4).withTimestamp(Instant.ofEpochMilli(2)),
                Entry.vector("b", 5, 6).withTimestamp(Instant.ofEpochMilli(3)),
                Entry.delete("c").withTimestamp(Instant.ofEpochMilli(4)));
        shell.log.append("points", entries).join();
        Path file = directory.resolve("x.jsonl");
        String said = shell.good("wal:export points " + file);
        assertTrue(said.startsWith("exported 2 vectors in "), said);
        assertTrue(said.contains(", up to sequence 5, into " + file + ", " + Files.size(file) + " bytes"), said);
        shell.good("wal:ingest copy " + file);
        List<Entry> copied = entries("copy");
        assertEquals(List.of(full, entries.get(3)), copied);
        assertEquals(
                List.copyOf(metadata.keySet()),
                List.copyOf(copied.get(0).metadata().keySet()));
        assertEquals(List.of(file), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.fvecs", "x.npy", "X.NPY"})
    void vectorsGoInAgain(String name) throws IOException {
        for (int i = 0; i < 300; i++) {
            shell.log
                    .append("points", List.of(Entry.vector("id" + i, i, -0.5f)))
                    .join();
        }
        String said = shell.good("wal:export points " + directory.resolve(name));
        assertTrue(said.endsWith(" bytes; ids, metadata and payloads are not in it\n"), said);
        shell.good("wal:ingest copy " + directory.resolve(name));
        List<Entry> copied = entries("copy");
        assertEquals(300, copied.size());
        for (int i = 0; i < 300; i++) {
            assertEquals(Integer.toString(i), copied.get(i).id());
            assertArrayEquals(new float[] {i, -0.5f}, copied.get(i).vector());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.jsonl", "x.fvecs", "x.npy"})
    void anEmptyCollectionIsAnEmptyFile(String name) {
        Path file = directory.resolve(name);
        assertTrue(shell.good("wal:export points " + file).startsWith("exported 0 vectors in "));
        shell.good("wal:ingest copy " + file);
        assertEquals(List.of(), entries("copy"));
    }

    @Test
    void aFileThatIsThereIsOnlyReplacedIfThatIsSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("x.jsonl"), "old");
        String refusal = shell.bad("wal:export points " + file);
        assertTrue(refusal.contains("file is there already, say --replace or another name, file=" + file), refusal);
        assertEquals("old", Files.readString(file));
        shell.good("wal:export points " + file + " --replace");
        assertEquals("", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothing() throws IOException {
        Path file = directory.resolve("x.fvecs");
        assertTrue(shell.bad("wal:export events " + file).contains("has no vectors to write, take .jsonl"));
        try (VectorWriter writer = VectorWriter.fvecs(file, 2)) {
            writer.add(new LoggedEntry(1, Entry.vector("a", 1, 2)));
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.add(new LoggedEntry(2, Entry.payload("bare", new byte[1]))));
            assertTrue(refusal.getMessage().contains("take .jsonl, id=bare, sequence=2"), refusal.getMessage());
        }
        assertTrue(shell.bad("wal:export points " + directory.resolve("x.parquet"))
                .contains("(.parquet with the bundle org.seawall.viper)"));
        assertTrue(shell.bad("wal:export none " + file).contains("collection not found"));
        assertTrue(shell.bad("wal:export points " + directory.resolve("no/x.jsonl"))
                .contains("no such file"));
        assertEquals(List.of(), files());
    }

    @Test
    void whatABundleReadsAndWritesIsAsGood() {
        EntryFiles kind = new Upper();
        shell.kinds.add(kind, Map.of(EntryFiles.ENDINGS, new String[] {".x", ".y"}));
        shell.log
                .append("points", List.of(Entry.vector("a", 1, 2), Entry.vector("b", 3, 4)))
                .join();
        shell.good("wal:export points " + directory.resolve("f.Y"));
        assertEquals(List.of("a", "b"), Upper.WRITTEN);
        shell.good("wal:ingest copy " + directory.resolve("f.x"));
        assertEquals(List.of("a", "b"), entries("copy").stream().map(Entry::id).toList());
        shell.kinds.remove(kind);
        assertTrue(shell.bad("wal:ingest copy " + directory.resolve("f.x")).contains("unknown kind of file"));
    }

    private List<Entry> entries(String collection) {
        return shell.log.entries(collection).stream().map(LoggedEntry::entry).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Somebody else's kind of file: ids, in memory. */
    private static final class Upper implements EntryFiles {
        private static final List<String> WRITTEN = new ArrayList<>();

        @Override
        public EntryInput open(Path file, CollectionSpec spec) {
            return new EntryInput() {
                private int row;

                @Override
                public Optional<Entry> next() {
                    return row == WRITTEN.size()
                            ? Optional.empty()
                            : Optional.of(Entry.vector(WRITTEN.get(row++), row, row));
                }

                @Override
                public long rows() {
                    return row;
                }

                @Override
                public long position() {
                    return row;
                }

                @Override
                public long size() {
                    return WRITTEN.size();
                }

                @Override
                public void skipThrough(Entry newest) {
                    row = WRITTEN.indexOf(newest.id()) + 1;
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public EntryOutput create(Path file, CollectionSpec spec) {
            WRITTEN.clear();
            return new EntryOutput() {
                @Override
                public void add(LoggedEntry entry) {
                    WRITTEN.add(entry.entry().id());
                }

                @Override
                public long bytes() {
                    return WRITTEN.size();
                }

                @Override
                public long finish() {
                    return WRITTEN.size();
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }
    }
}
