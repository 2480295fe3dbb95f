package org.seawall.viper.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.catalog.Column;
import org.seawall.catalog.Column.Type;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

/** Metadata comes back as it was, in its order, whatever of it is in typed columns. */
class TypedColumnsTest {
    private static final int DIMENSION = 4;
    private static final List<PartColumn> COLUMNS = List.of(
            new PartColumn(13, new Column("price", Type.DOUBLE), false),
            new PartColumn(15, new Column("color", Type.STRING), false),
            new PartColumn(16, new Column("sold", Type.BOOLEAN), false),
            new PartColumn(120, new Column("stock", Type.LONG), false));

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final Location file = Location.parse("memory:/parts/part");

    @Test
    void everyRowComesBackHoweverItIsRead() throws IOException {
        List<Row> rows = rows(2_000, true);
        write(rows);
        try (PartReader part = PartReader.open(files.open(file))) {
            RowReader sequential = RowReader.sequential(part);
            RowReader here = new RowReader(part);
            for (int i = 0; i < rows.size(); i++) {
                assertRow(rows.get(i), sequential.row(i));
                if (i % 13 == 0) {
                    assertRow(rows.get(i), RowReader.single(part).row(i));
                    assertRow(rows.get(rows.size() - 1 - i), here.row(rows.size() - 1 - i));
                }
            }
        }
    }

    @Test
    void aColumnAloneHasWhatRowsHaveInIt() throws IOException {
        List<Row> rows = rows(1_000, false);
        write(rows);
        try (PartReader part = PartReader.open(files.open(file))) {
            RowReader reader = new RowReader(part);
            for (int i = 0; i < rows.size(); i++) {
                Map<String, Object> expected = new LinkedHashMap<>(rows.get(i).metadata());
                expected.keySet().retainAll(List.of("price", "stock"));
                assertEquals(expected, reader.typed(i, new int[] {0, 3}));
            }
        }
    }

    @Test
    void aColumnOfWhichSomeRowHasAnotherTypeSaysSo() throws IOException {
        List<Row> rows = rows(600, false);
        rows.add(new Row(Entry.vector("stray", new float[DIMENSION]).withMetadata(Map.of("stock", 1.5)), 601));
        write(rows);
        try (PartReader part = PartReader.open(files.open(file))) {
            assertEquals(
                    List.of(false, false, false, true),
                    part.table().typed().stream().map(PartColumn::strays).toList());
            assertEquals(Map.of("stock", 1.5), new RowReader(part).metadata(600));
        }
    }

    @Test
    void aPageTableGoesThroughBytes() throws IOException {
        write(rows(600, true));
        try (PartReader part = PartReader.open(files.open(file))) {
            ByteBuffer bytes = ByteBuffer.allocate(part.table().encodedBytes()).order(ByteOrder.LITTLE_ENDIAN);
            part.table().write(bytes);
            assertEquals(0, bytes.remaining());
            PageTable again = PageTable.read(bytes.flip());
            assertEquals(part.table().typed(), again.typed());
            assertEquals(PartSchema.COLUMNS + COLUMNS.size(), again.columns().size());
        }
    }

    @Test
    void lettersThatDoNotFitTheirPairsAreRefused() {
        Map<Integer, Map.Entry<String, Object>> typed = Map.of(13, Map.entry("price", 1.5));
        assertEquals(
                List.of("a", "price", "b"),
                List.copyOf(MetadataText.values(List.of("a", "b"), List.of("x", "7"), "s@13l", typed)
                        .keySet()));
        for (String types : List.of("sl", "s@13", "s@13lb", "s@14l", "s@l", "@13@13sl", "s@13x")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> MetadataText.values(List.of("a", "b"), List.of("x", "7"), types, typed),
                    types);
        }
    }

    private void write(List<Row> rows) throws IOException {
        try (PartWriter writer = new PartWriter(files, file, DIMENSION, COLUMNS)) {
            for (Row row : rows) {
                writer.add(row);
            }
            writer.finish();
        }
    }

    private static void assertRow(Row expected, Row actual) {
        assertEquals(expected, actual);
        assertEquals(
                List.copyOf(expected.metadata().entrySet()),
                List.copyOf(actual.metadata().entrySet()),
                "order of metadata");
    }

    private static List<Row> rows(int count, boolean strays) {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            List<Map.Entry<String, Object>> pairs = new ArrayList<>();
            add(pairs, random, "price", random.nextInt(9) == 0 ? Double.NaN : random.nextDouble());
            add(pairs, random, "color", "é".repeat(random.nextInt(3)));
            add(pairs, random, "sold", random.nextBoolean());
            add(pairs, random, "stock", random.nextLong());
            add(pairs, random, "Price", 7L);
            add(pairs, random, "note", "row " + i);
            add(pairs, random, "weight", -0.0);
            if (strays && random.nextInt(10) == 0) {
                pairs.removeIf(pair -> pair.getKey().equals("stock"));
                pairs.add(Map.entry("stock", "none"));
            }
            if (i % 11 == 0) {
                pairs.clear();
            }
            Collections.shuffle(pairs, random);
            Map<String, Object> metadata = new LinkedHashMap<>();
            pairs.forEach(pair -> metadata.put(pair.getKey(), pair.getValue()));
            float[] vector = {i, random.nextFloat(), 0, 1};
            rows.add(new Row(Entry.vector("id-" + i, vector).withMetadata(metadata), i));
        }
        return rows;
    }

    private static void add(List<Map.Entry<String, Object>> pairs, Random random, String name, Object value) {
        if (random.nextInt(3) > 0) {
            pairs.add(Map.entry(name, value));
        }
    }
}
