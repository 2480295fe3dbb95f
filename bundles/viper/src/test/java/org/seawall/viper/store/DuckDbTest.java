package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.seawall.viper.store.Stores.row;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.catalog.Column;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/** Another engine reads a part as it stands. */
class DuckDbTest {
    private static final int ROWS = 5_000;

    @Test
    void readsAPartAsItStands(@TempDir Path directory) throws IOException, SQLException {
        Path part = part(directory);
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            String from = " FROM '" + part + "' ";
            assertEquals(
                    List.of(
                            "id VARCHAR",
                            "vector FLOAT[]",
                            "metadata MAP(VARCHAR, VARCHAR)",
                            "metadata_types VARCHAR",
                            "payload BLOB",
                            "timestamp TIMESTAMP WITH TIME ZONE",
                            "expires_at TIMESTAMP WITH TIME ZONE",
                            "sequence BIGINT",
                            "version BIGINT"),
                    rows(statement, "DESCRIBE SELECT *" + from, 2));
            assertEquals(
                    List.of(ROWS + 2 + " " + (ROWS + 1) + " 1 1"),
                    rows(
                            statement,
                            "SELECT count(*), count(*) FILTER (len(vector) = 16), count(payload), count(expires_at)"
                                    + from,
                            4));
            assertEquals(
                    List.of("full sea slb 5 1970-01-01 00:01:17"),
                    rows(
                            statement,
                            "SELECT id, metadata['text'], metadata_types, metadata['n'],"
                                    + " strftime(make_timestamp(epoch_us(timestamp)), '%Y-%m-%d %H:%M:%S')" + from
                                    + "WHERE sequence = " + (ROWS + 1),
                            5));
            assertVectors(statement, from);
        }
    }

    /** Parts from before and after columns were declared, as one table. */
    @Test
    void readsTypedColumnsOfSeveralParts(@TempDir Path directory) throws IOException, SQLException {
        Storage storage = Storage.inMemory();
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, 1, List.of(priced("old", 1)), List.of()));
            for (int i = 2; i < 1_000; i += 500) {
                List<Row> rows = new ArrayList<>();
                for (int sequence = i; sequence < i + 500; sequence++) {
                    rows.add(priced("r" + sequence, sequence));
                }
                List<Column> columns = Column.parse("price:double, color:string, sold:boolean, stock:long");
                store.flush(new RowBatch(i - 1, i + 499, columns, PartSource.of(rows), List.of()));
            }
        }
        int number = 0;
        for (FileInfo info : storage.files().list(storage.directory().child("parts"))) {
            if (info.name().endsWith(".parquet")) {
                Files.write(directory.resolve(number++ + ".parquet"), bytes(storage, info));
            }
        }
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            String from = " FROM read_parquet('" + directory + "/*.parquet', union_by_name = true) ";
            assertEquals(
                    List.of("price DOUBLE", "color VARCHAR", "sold BOOLEAN", "stock BIGINT"),
                    rows(
                            statement,
                            "SELECT column_name, column_type FROM (DESCRIBE SELECT *" + from
                                    + ") WHERE column_name IN ('price', 'color', 'sold', 'stock')",
                            2));
            assertEquals(
                    List.of("1001 1000 749250.0 500 200"),
                    rows(
                            statement,
                            "SELECT count(*), count(price), sum(price), count(*) FILTER (sold), count(*) FILTER (color ="
                                    + " 'c1')" + from,
                            5));
            assertEquals(
                    List.of("old 0.5", "r2 null"),
                    rows(statement, "SELECT id, metadata['price']" + from + "WHERE sequence < 3 ORDER BY sequence", 2));
        }
    }

    private static Row priced(String id, long sequence) {
        java.util.LinkedHashMap<String, Object> metadata = new java.util.LinkedHashMap<>();
        metadata.put("stock", 7L);
        metadata.put("price", sequence < 2 ? 0.5 : (sequence - 2) * 1.5);
        metadata.put("sold", sequence % 2 == 0);
        metadata.put("color", "c" + sequence % 5);
        return new Row(Entry.vector(id, Stores.vector(sequence)).withMetadata(metadata), sequence);
    }

    private static void assertVectors(Statement statement, String from) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT sequence, vector" + from + "WHERE len(vector) > 0")) {
            int count = 0;
            while (found.next()) {
                Array array = found.getArray(2);
                Object[] components = (Object[]) array.getArray();
                float[] expected = Stores.vector(found.getLong(1));
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], (Float) components[i], "sequence " + found.getLong(1));
                }
                count++;
            }
            assertEquals(ROWS + 1, count);
        }
    }

    private static Path part(Path directory) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= ROWS; i++) {
            rows.add(row("r" + i, i));
        }
        java.util.LinkedHashMap<String, Object> metadata = new java.util.LinkedHashMap<>();
        metadata.put("text", "sea");
        metadata.put("n", 5L);
        metadata.put("b", true);
        rows.add(new Row(
                Entry.vector("full", Stores.vector(ROWS + 1))
                        .withMetadata(metadata)
                        .withTimestamp(Instant.ofEpochSecond(77))
                        .withExpiry(Instant.ofEpochSecond(99)),
                ROWS + 1));
        rows.add(new Row(Entry.payload("bare", new byte[] {1, 2}).withMetadata(Map.of("x", 1.5)), ROWS + 2));
        Storage storage = Storage.inMemory();
        try (VectorStore store = Stores.open(storage, 1)) {
            store.flush(new RowBatch(0, ROWS + 2, rows, List.of()));
        }
        FileInfo info = storage.files().list(storage.directory().child("parts")).stream()
                .filter(file -> file.name().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        return Files.write(directory.resolve("part.parquet"), bytes(storage, info));
    }

    private static byte[] bytes(Storage storage, FileInfo info) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) info.size());
        try (FileInput input = storage.files().open(info.location())) {
            input.read(0, bytes);
        }
        return bytes.array();
    }

    private static List<String> rows(Statement statement, String query, int columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
