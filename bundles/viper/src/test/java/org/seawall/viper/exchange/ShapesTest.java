package org.seawall.viper.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.exchange.Exchange.read;
import static org.seawall.viper.exchange.Exchange.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Column;
import org.seawall.files.MalformedFileException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.PartColumn;
import org.seawall.viper.part.PartWriter;
import org.seawall.viper.part.Row;

/** Columns as writers of all times made them: lists, dictionaries, old times, parts of a store. */
class ShapesTest {
    private static final Object[][] LIST = {{1f, 0, 1}, {2f, 1, 1}};
    private static final Object[][] DEEPER = {{1f, 0, 2}, {2f, 1, 2}};

    @TempDir
    private Path directory;

    @Test
    void aListIsReadInAnyOfItsShapes() throws IOException {
        assertVector("repeated float vector;", LIST);
        assertVector("required group vector (LIST) { repeated float array; }", LIST);
        assertVector("optional group vector { repeated float element; }", DEEPER);
        assertVector("optional group vector (LIST) { repeated group bag { required float array_element; } }", DEEPER);
        assertVector(
                "optional group vector (LIST) { repeated group list { optional float item; } }",
                new Object[][] {{1f, 0, 3}, {2f, 1, 3}});
    }

    private void assertVector(String column, Object[][] list) throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape.of(column).write(file, Map.of(), List.<Object[][]>of(list));
        assertEquals(List.of(Entry.vector("0", 1, 2)), read(file, vectors(2)), column);
    }

    @Test
    void nothingIsNotAnEmptyListAndBothAreNoVector() throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape empty = Shape.of("optional group vector (LIST) { repeated group list { optional float element; } }");
        empty.write(file, Map.of(), List.<Object[][]>of(new Object[][] {{null, 0, 0}}));
        assertMalformed(file, "no vector, expected dimension=2, actual=null");
        empty.write(file, Map.of(), List.<Object[][]>of(new Object[][] {{null, 0, 1}}));
        assertMalformed(file, "foreign dimension, expected=2, actual=0");
        empty.write(file, Map.of(), List.<Object[][]>of(new Object[][] {{1f, 0, 3}, {null, 1, 2}}));
        assertMalformed(file, "component is null, index=1");
        Shape.of("repeated float vector;").write(file, Map.of(), List.<Object[][]>of(new Object[][] {{null, 0, 0}}));
        assertMalformed(file, "foreign dimension, expected=2, actual=0");
    }

    @Test
    void columnsOfOneNameAreRefused() throws IOException {
        Path file = directory.resolve("in.parquet");
        new Shape(new MessageType(
                        "m",
                        Types.repeated(PrimitiveTypeName.FLOAT).named("vector"),
                        Types.optional(PrimitiveTypeName.INT64).named("n"),
                        Types.optional(PrimitiveTypeName.INT64).named("n")))
                .write(file, Map.of(), List.of(LIST, new Object[][] {{1L, 0, 1}, {2L, 0, 1}}, new Object[][] {}));
        assertMalformed(file, "columns of one name, or of none, expected different ones, column=n");
    }

    @Test
    void columnsOfOtherNumbersOfRowsAreNamed() throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape shape = Shape.of("repeated float vector; optional int64 n;");
        shape.write(file, Map.of(), List.of(LIST, new Object[][] {{1L, 0, 1}, {2L, 0, 1}}));
        assertMalformed(file, "column goes on behind its rows, column=n, row=1");
        shape.write(file, Map.of(), List.of(new Object[][] {{1f, 0, 1}, {2f, 0, 1}}, new Object[][] {{1L, 0, 1}}));
        assertMalformed(file, "foreign dimension, expected=2, actual=1, column=vector, row=0");
    }

    @Test
    void listsOfListsAndMapsOfListsAreNoVectors() throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape.of("required group vector (LIST) { repeated group list { repeated float element; } }")
                .write(file, Map.of(), List.<Object[][]>of(new Object[][] {{1f, 0, 2}, {2f, 2, 2}}));
        assertMalformed(file, "no column of vectors");
    }

    /** What a later version of a part has, field ids and all; and what is left of it when somebody has lost the ids. */
    @ParameterizedTest
    @ValueSource(strings = {" = 13", ""})
    void typedColumnsOfAPartAreMetadataInTheirPlaces(String fieldId) throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape.of("required binary id (STRING) = 1;"
                        + " required group vector (LIST) = 2 { repeated group list { required float element = 3; } }"
                        + " required group metadata (MAP) = 4 { repeated group key_value {"
                        + " required binary key (STRING) = 5; required binary value (STRING) = 6; } }"
                        + " required binary metadata_types (STRING) = 7; optional double price" + fieldId + ";"
                        + " required int64 sequence = 11; required int64 version = 12;")
                .write(
                        file,
                        Map.of("seawall.part", "2"),
                        List.of(
                                new Object[][] {{"a", 0, 0}},
                                LIST,
                                new Object[][] {{"x", 0, 1}, {"n", 1, 1}},
                                new Object[][] {{"sea", 0, 1}, {"5", 1, 1}},
                                new Object[][] {{"s@13l", 0, 0}},
                                new Object[][] {{2.5, 0, 1}},
                                new Object[][] {{7L, 0, 0}},
                                new Object[][] {{1L, 0, 0}}));
        Entry entry = read(file, vectors(2)).get(0);
        assertEquals(
                fieldId.isEmpty() ? "{x=sea, n=5, price=2.5}" : "{x=sea, price=2.5, n=5}",
                entry.metadata().toString());
        assertEquals(5L, entry.metadata().get("n"));
    }

    @Test
    void typesThatDoNotFitTheirPairsAreNamed() throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape shape = Shape.of("repeated float vector; required group metadata (MAP) { repeated group key_value {"
                + " required binary key (STRING); optional binary value (STRING); } }"
                + " required binary metadata_types (STRING);");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("", "metadata does not fit its types, pairs=1, types=");
        facts.put("ss", "metadata does not fit its types, pairs=1, types=ss");
        facts.put("l", "For input string");
        facts.put("?", "unknown type of metadata");
        facts.put("@", "For input string");
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            shape.write(
                    file,
                    Map.of(),
                    List.of(LIST, new Object[][] {{"x", 0, 1}}, new Object[][] {{"sea", 0, 2}}, new Object[][] {
                        {fact.getKey(), 0, 0}
                    }));
            assertMalformed(file, fact.getValue());
        }
        shape.write(
                file,
                Map.of(),
                List.of(LIST, new Object[][] {{"x", 0, 1}}, new Object[][] {{null, 0, 1}}, new Object[][] {{"s", 0, 0}
                }));
        assertMalformed(file, "metadata without a value, type=s");
    }

    @Test
    void aMapWithoutTypesIsReadAsItIs() throws IOException {
        Path file = directory.resolve("in.parquet");
        Shape.of("repeated float vector; optional group metadata (MAP) { repeated group key_value {"
                        + " required binary key (STRING); optional int64 value; } } optional binary x (STRING);"
                        + " required int64 timestamp (TIMESTAMP(MILLIS, true)); required int64 version;")
                .write(
                        file,
                        Map.of(),
                        List.of(
                                LIST,
                                new Object[][] {{"x", 0, 2}, {"y", 1, 2}},
                                new Object[][] {{5L, 0, 3}, {null, 1, 2}},
                                new Object[][] {{"column", 0, 1}},
                                new Object[][] {{77_000L, 0, 0}},
                                new Object[][] {{3L, 0, 0}}));
        assertEquals(
                "{x=5, timestamp=1970-01-01T00:01:17Z, version=3}",
                read(file, vectors(2)).get(0).metadata().toString());
    }

    /** Also of fields that have typed columns; values of another type than that of the column are in the map. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPartOfAStoreIsRead(boolean typed) throws IOException {
        List<Entry> entries = ParquetFilesTest.entries(1_000, 5);
        Storage storage = Storage.inMemory();
        Location part = storage.directory().child("part.parquet");
        try (PartWriter writer = new PartWriter(storage.files(), part, 5, columns(typed ? entries : List.of()))) {
            for (int i = 0; i < entries.size(); i++) {
                writer.add(new Row(entries.get(i), i + 1));
            }
            writer.finish();
        }
        Path file = directory.resolve("part.parquet");
        try (FileInput input = storage.files().open(part)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) input.size());
            input.read(0, bytes);
            Files.write(file, bytes.array());
        }
        assertEquals(entries, read(file, vectors(5)));
    }

    /** A typed column for each field, with the type that it has first. */
    private static List<PartColumn> columns(List<Entry> entries) {
        Map<String, PartColumn> columns = new LinkedHashMap<>();
        for (Entry entry : entries) {
            entry.metadata().forEach((name, value) -> {
                for (Column.Type type : Column.Type.values()) {
                    if (type.holds(value)
                            && name.matches("[A-Za-z_][A-Za-z0-9_]*")
                            && !Column.RESERVED.contains(name)) {
                        columns.putIfAbsent(name, new PartColumn(13 + columns.size(), new Column(name, type), false));
                    }
                }
            });
        }
        return List.copyOf(columns.values());
    }

    /** Delta and split encodings, levels that are not compressed, 15 rows a group with dictionaries, and times of 96 bits. */
    @ParameterizedTest
    @ValueSource(strings = {"encodings-v2.parquet", "dictionaries-v1.parquet"})
    void aFileOfArrowIsRead(String name) throws IOException {
        List<Entry> entries = read(golden(name), vectors(2));
        List<Entry> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            if (i % 5 != 0) {
                metadata.put("n", i - 20);
            }
            metadata.put("word", "w" + i % 3);
            metadata.put("b", i % 2 == 0);
            metadata.put(
                    "ts",
                    Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3600L * i).toString());
            metadata.put("d", String.format("%.2f", (i - 20) / 100.0));
            expected.add(Entry.vector(String.format("id-%03d", i), i, i / 4f).withMetadata(metadata));
        }
        assertEquals(expected, entries);
    }

    @Test
    void halvesAreReadAndAnEncryptedColumnIsNamed() throws IOException {
        assertEquals(List.of(Entry.vector("0", 1.5f, -2, 5.9604645e-8f)), read(golden("halves.parquet"), vectors(3)));
        Path file = golden("encrypted-column.parquet");
        assertMalformed(file, "encrypted column, expected one that is not, column=n, row=0");
        assertThrows(
                MalformedFileException.class, () -> read(file, CollectionSpec.payloads("p")), "whatever is asked for");
    }

    private Path golden(String name) throws IOException {
        try (InputStream stream = ShapesTest.class.getResourceAsStream(name)) {
            return Files.write(directory.resolve(name), stream.readAllBytes());
        }
    }

    private static void assertMalformed(Path file, String fact) {
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(file, vectors(2)));
        assertTrue(e.getMessage().contains(fact), e.getMessage());
        assertTrue(e.getMessage().contains("file=" + file), e.getMessage());
    }
}
