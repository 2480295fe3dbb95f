package org.seawall.viper.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.exchange.Exchange.FILES;
import static org.seawall.viper.exchange.Exchange.read;
import static org.seawall.viper.exchange.Exchange.vectors;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryInput;
import org.seawall.files.MalformedFileException;

/** Another engine reads what was written, and writes what is read: its compressions, encodings, types and mistakes. */
class DuckDbFilesTest {
    private static final int ROWS = 7_000;

    @TempDir
    private Path directory;

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws SQLException {
        connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        statement = connection.createStatement();
        statement.execute("SET TimeZone = 'UTC'");
    }

    @AfterEach
    void disconnect() throws SQLException {
        statement.close();
        connection.close();
    }

    @ParameterizedTest
    @CsvSource({
        "uncompressed, V1",
        "uncompressed, V2",
        "snappy, V1",
        "snappy, V2",
        "zstd, V1",
        "zstd, V2",
        "gzip, V1",
        "gzip, V2",
        "lz4_raw, V1",
        "lz4_raw, V2"
    })
    void everyCompressionAndEncodingIsRead(String codec, String version) throws IOException, SQLException {
        // few words, many words, runs, steps and noise: each in the encoding that the engine finds best for it
        Path file = copied(
                "SELECT 'id-' || i AS id, [i, i / 4, sin(i)]::FLOAT[] AS vector, i % 3 AS few, i * i AS many,"
                        + " i * 1000 + i % 7 AS steps, hash(i) >> 1 AS noise, ((hash(i) >> 32)::BIGINT - 2147483648)::INT AS wild, 'word ' || (i % 11) AS word,"
                        + " 'text ' || hash(i) || ' and ' || repeat('x', (i % 40)::INT) AS text, sin(i) AS wave,"
                        + " i % 2 = 0 AS even, CASE WHEN i % 5 <> 0 THEN i END AS holes, NULL::INT AS nothing"
                        + " FROM range(" + ROWS + ") t(i)",
                ", CODEC '" + codec + "', PARQUET_VERSION '" + version + "', ROW_GROUP_SIZE 2048");
        assertEquals(4, number("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('" + file + "')"));
        List<Entry> entries = read(file, vectors(3));
        assertEquals(ROWS, entries.size());
        try (ResultSet found = statement.executeQuery("SELECT * FROM '" + file + "'")) {
            for (Entry entry : entries) {
                assertTrue(found.next());
                assertEquals(found.getString("id"), entry.id());
                int i = Integer.parseInt(entry.id().substring(3));
                assertEquals(i, entry.vector()[0]);
                assertEquals((float) (i / 4.0), entry.vector()[1]);
                assertEquals((float) Math.sin(i), entry.vector()[2]);
                Map<String, Object> metadata = entry.metadata();
                for (String name : List.of("few", "many", "steps", "noise", "wild")) {
                    assertEquals(found.getLong(name), metadata.get(name), name + " of " + i);
                }
                assertEquals(found.getString("word"), metadata.get("word"));
                assertEquals(found.getString("text"), metadata.get("text"));
                assertEquals(found.getDouble("wave"), metadata.get("wave"));
                assertEquals(i % 2 == 0, metadata.get("even"));
                assertEquals(i % 5 == 0 ? null : (Object) (long) i, metadata.get("holes"));
                assertEquals(i % 5 == 0 ? 9 : 10, metadata.size());
            }
        }
    }

    @Test
    void theEncodingsThatAreTestedAreThere() throws IOException, SQLException {
        everyCompressionAndEncodingIsRead("zstd", "V2");
        List<String> encodings = texts("SELECT DISTINCT encodings FROM parquet_metadata('" + file() + "')");
        for (String encoding :
                List.of("RLE_DICTIONARY", "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "BYTE_STREAM_SPLIT")) {
            assertTrue(encodings.toString().contains(encoding), encodings.toString());
        }
    }

    @Test
    void everyTypeOfOneValueBecomesMetadata() throws IOException, SQLException {
        Path file = copied(
                "SELECT [1, 2]::DOUBLE[] AS emb, 7::UTINYINT AS u8, 4000000000::UINTEGER AS u32, -5::TINYINT AS i8,"
                        + " 9::UBIGINT AS u64, 1.5::FLOAT AS f, DATE '2024-02-29' AS d, TIME '12:34:56.789' AS t,"
                        + " TIMESTAMP '2024-02-29 12:00:00' AS ts, TIMESTAMPTZ '1969-02-28 12:00:00.000001+00' AS tz,"
                        + " TIMESTAMP_NS '2024-02-29 12:00:00.123456789' AS ns, 12.340::DECIMAL(9, 3) AS small,"
                        + " -12345678901234567890.12::DECIMAL(38, 2) AS large, 'a'::ENUM ('a', 'b') AS e,"
                        + " '{\"k\": 1}'::JSON AS j, '6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a'::UUID AS u,"
                        + " true AS b, 'raw'::BLOB AS raw, {'x': 1} AS nested, ['a'] AS list",
                "");
        Entry entry = read(file, vectors(2)).get(0);
        assertEquals("0", entry.id());
        assertEquals(
                "{u8=7, u32=4000000000, i8=-5, u64=9, f=1.5, d=2024-02-29, t=12:34:56.789, ts=2024-02-29T12:00:00,"
                        + " tz=1969-02-28T12:00:00.000001Z, ns=2024-02-29T12:00:00.123456789, small=12.340,"
                        + " large=-12345678901234567890.12, e=a, j={\"k\": 1},"
                        + " u=6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a, b=true}",
                entry.metadata().toString());
        assertEquals(4_000_000_000L, entry.metadata().get("u32"));
        try (ParquetInput input = new ParquetInput(file, vectors(2))) {
            assertEquals(
                    List.of("raw", "nested", "list"),
                    input.unread().stream().map(Field::name).toList());
        }
    }

    @Test
    void idsAreTextsNumbersOrUuids() throws IOException, SQLException {
        assertEquals(
                "-7",
                read(copied("SELECT -7 AS _id, [1]::FLOAT[] AS vector", ""), vectors(1))
                        .get(0)
                        .id());
        assertEquals(
                "k",
                read(copied("SELECT 'k' AS key, [1]::FLOAT[] AS vector", ""), vectors(1))
                        .get(0)
                        .id());
        Entry uuid = read(
                        copied(
                                "SELECT '6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a'::UUID AS id, 'x' AS key,"
                                        + " [1]::FLOAT[] AS vector",
                                ""),
                        vectors(1))
                .get(0);
        assertEquals("6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a", uuid.id());
        assertEquals(Map.of("key", "x"), uuid.metadata());
    }

    @Test
    void vectorsAreFoundByNameOrAsTheOnlyOnes() throws IOException, SQLException {
        for (String columns : List.of(
                "[1, 2]::FLOAT[] AS embedding, [3.0]::FLOAT[] AS other",
                "[3.0]::DOUBLE[] AS values, [1, 2]::FLOAT[2] AS vector",
                "[1, 2]::DOUBLE[] AS anything, [5, 6]::INT[] AS tokens",
                "[1, 2] AS numbers",
                "[1, 2]::UTINYINT[] AS bytes")) {
            assertEquals(List.of(Entry.vector("0", 1, 2)), read(copied("SELECT " + columns, ""), vectors(2)), columns);
        }
        assertMalformed("SELECT [1]::FLOAT[] AS a, [1]::FLOAT[] AS b", "several columns of vectors", " a ", " b ");
        assertMalformed("SELECT 1 AS id, 'abcd'::BLOB AS vector", "no column of vectors", "BYTE_ARRAY");
        assertMalformed("SELECT 1.5 AS id, [1]::FLOAT[] AS vector", "column of ids", "DECIMAL");
    }

    @Test
    void rowsThatAreNoEntriesAreNamed() throws IOException, SQLException {
        assertMalformed(
                "SELECT i AS id, CASE WHEN i = 3000 THEN [1, 2] ELSE [1] END::FLOAT[] AS vector FROM range(5000) t(i)",
                "foreign dimension, expected=1, actual=2, column=vector.list.element, row=3000");
        assertMalformed(
                "SELECT i AS id, CASE WHEN i = 3000 THEN NULL ELSE [1] END::FLOAT[] AS vector FROM range(5000) t(i)",
                "no vector, expected dimension=1, actual=null, column=vector.list.element, row=3000");
        assertMalformed(
                "SELECT i AS id, CASE WHEN i = 30 THEN [] ELSE [1] END::FLOAT[] AS vector FROM range(50) t(i)",
                "foreign dimension, expected=1, actual=0",
                "row=30");
        assertMalformed(
                "SELECT CASE WHEN i <> 2 THEN i END AS id, [1]::FLOAT[] AS vector FROM range(5) t(i)",
                "no id, expected one, actual=null, column=id, row=2");
        assertMalformed("SELECT [NULL]::FLOAT[] AS vector", "component is null, index=0", "row=0");
        assertMalformed("SELECT [1e300]::DOUBLE[] AS vector", "component does not fit a float, value=1.0E300");
        assertMalformed("SELECT [16777217] AS vector", "component does not fit a float, value=16777217");
        assertMalformed("SELECT ['NaN']::FLOAT[] AS vector", "component is not finite", "index=0");
        assertMalformed("SELECT '' AS id, [1]::FLOAT[] AS vector", "empty id");
        assertMalformed(
                "SELECT [1]::FLOAT[] AS vector, 18446744073709551615::UBIGINT AS n",
                "number does not fit, value=18446744073709551615",
                "column=n");
    }

    private void assertMalformed(String query, String... facts) throws SQLException {
        Path file = copied(query, "");
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(file, vectors(1)));
        for (String fact : facts) {
            assertTrue(e.getMessage().contains(fact), e.getMessage());
        }
        assertTrue(e.getMessage().endsWith("file=" + file), e.getMessage());
    }

    @Test
    void readingGoesOnBehindARowOfAnyGroup() throws IOException, SQLException {
        Path file = copied("SELECT [i]::FLOAT[] AS vector FROM range(" + ROWS + ") t(i)", ", ROW_GROUP_SIZE 2048");
        for (int row : List.of(0, 2047, 2048, 5000, ROWS - 1)) {
            try (EntryInput input = FILES.open(file, vectors(1))) {
                input.skipThrough(Entry.vector(Integer.toString(row), row));
                assertEquals(row + 1, input.rows());
                assertEquals(
                        row + 1 < ROWS ? Integer.toString(row + 1) : "end",
                        input.next().map(Entry::id).orElse("end"));
            }
        }
        for (Entry foreign : List.of(Entry.vector("5", 6), Entry.vector("7000", 7000), Entry.vector("a", 1))) {
            try (EntryInput input = FILES.open(file, vectors(1))) {
                assertThrows(MalformedFileException.class, () -> input.skipThrough(foreign));
            }
        }
    }

    @Test
    void anotherEngineReadsAnExport() throws IOException, SQLException {
        Path export = directory.resolve("export.parquet");
        List<Entry> entries = ParquetFilesTest.entries(2_000, 8);
        Exchange.write(export, vectors(8), entries);
        String from = " FROM '" + export + "' ";
        assertEquals(
                List.of(
                        "id VARCHAR",
                        "vector FLOAT[]",
                        "metadata MAP(VARCHAR, VARCHAR)",
                        "metadata_types VARCHAR",
                        "payload BLOB",
                        "timestamp TIMESTAMP WITH TIME ZONE",
                        "expires_at TIMESTAMP WITH TIME ZONE",
                        "sequence BIGINT"),
                texts("SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT *" + from + ")"));
        assertEquals(
                List.of("2000 8.0 1333 1600"),
                texts("SELECT count(*) || ' ' || avg(len(vector)) || ' ' || count(expires_at) || ' ' || count(payload)"
                        + from));
        assertEquals(
                List.of("4 sea false 1970-01-01 00:16:40.002+00"),
                texts("SELECT sequence - 2 || ' ' || metadata['zone'] || ' ' || (metadata['even'] <> 'true') || ' '"
                        + " || timestamp::VARCHAR" + from + "WHERE id = 'id-2'"));

        // and what it makes of that becomes the same entries
        Path copy = copied("SELECT *" + from, ", ROW_GROUP_SIZE 2048, CODEC 'snappy'");
        assertEquals(entries, read(copy, vectors(8)));
    }

    @Test
    void aCopyOfPayloadsStaysOne() throws IOException, SQLException {
        Path file = copied("SELECT 'a' AS id, 'xy'::BLOB AS payload, 3 AS n", "");
        assertEquals(
                List.of(Entry.payload("a", new byte[] {'x', 'y'}).withMetadata(Map.of("n", 3))),
                read(file, CollectionSpec.payloads("p")));
    }

    private Path file() {
        return directory.resolve("in.parquet");
    }

    private Path copied(String query, String options) throws SQLException {
        statement.execute("COPY (" + query + ") TO '" + file() + "' (FORMAT parquet" + options + ")");
        return file();
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(texts(query).get(0));
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }
}
