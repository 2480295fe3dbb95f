package org.seawall.viper.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.exchange.Exchange.FILES;
import static org.seawall.viper.exchange.Exchange.vectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.files.EntryInput;
import org.seawall.files.MalformedFileException;

/** Files that are not what was written: an error that names them, at whatever byte, and nothing wrong before it. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class DamagedFilesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    // the second makes of PLAIN another encoding of as many bytes
    @ValueSource(ints = {0x01, 0x12, 0xff})
    void anExportWithAnyByteChangedIsRightOrNamed(int change) throws IOException {
        List<Entry> entries = ParquetFilesTest.entries(20, 6);
        Path file = directory.resolve("out.parquet");
        Exchange.write(file, vectors(6), entries);
        byte[] bytes = Files.readAllBytes(file);
        int named = 0;
        for (int at = 0; at < bytes.length; at++) {
            put(file, at, bytes[at] ^ change);
            List<Entry> read = new ArrayList<>();
            if (readTo(read, file, 6)) {
                assertEquals(entries, read, "byte " + at);
            } else {
                assertEquals(entries.subList(0, read.size()), read, "byte " + at);
                named++;
            }
            put(file, at, bytes[at]);
        }
        assertTrue(named > 4 * 6 * 20, "every byte of a vector counts, named=" + named);
    }

    @Test
    void anExportThatIsCutOffIsNamed() throws IOException {
        Path file = directory.resolve("out.parquet");
        Exchange.write(file, vectors(6), ParquetFilesTest.entries(60, 6));
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += 61) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertTrue(!readTo(new ArrayList<>(), file, 6), "length " + length);
        }
    }

    /** Without checksums values may be wrong, but nothing else is: no other exception, no error, no loop. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'snappy', PARQUET_VERSION 'V1'",
                "'snappy', PARQUET_VERSION 'V2'",
                "'zstd', PARQUET_VERSION 'V1'",
                "'gzip', PARQUET_VERSION 'V1'",
                "'lz4_raw', PARQUET_VERSION 'V1'",
                "'uncompressed', PARQUET_VERSION 'V1'",
                "'uncompressed', PARQUET_VERSION 'V2'"
            })
    void aFileOfAnotherEngineWithAnyByteChangedIsReadOrNamed(String codec) throws IOException, SQLException {
        Path file = directory.resolve("in.parquet");
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 'id-' || i AS id, [i, sin(i)]::FLOAT[] AS vector, i * 7 AS n, i % 3 AS few,"
                    + " 'text ' || hash(i) AS text, 'w' || i % 3 AS word, sin(i) AS wave, i % 2 = 0 AS even,"
                    + " (i / 100)::DECIMAL(30, 3) AS decimal, TIMESTAMP '2024-02-29' + INTERVAL (i) DAY AS ts,"
                    + " MAP {'k': 'v' || i} AS metadata FROM range(50) t(i)) TO '" + file
                    + "' (FORMAT parquet, CODEC " + codec + ")");
        }
        byte[] bytes = Files.readAllBytes(file);
        int named = 0;
        for (int at = 0; at < bytes.length; at += 11) {
            put(file, at, bytes[at] ^ 0xff >>> at % 8);
            named += readTo(new ArrayList<>(), file, 2) ? 0 : 1;
            put(file, at, bytes[at]);
        }
        assertTrue(named > bytes.length / 110, "named=" + named + " of " + bytes.length);
    }

    private static void put(Path file, int at, int value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
        }
    }

    /** Whether it could be read to its end. */
    private static boolean readTo(List<Entry> entries, Path file, int dimension) throws IOException {
        try (EntryInput input = FILES.open(file, vectors(dimension))) {
            Optional<Entry> next = input.next();
            while (next.isPresent()) {
                entries.add(next.get());
                next = input.next();
            }
            return true;
        } catch (MalformedFileException e) {
            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            return false;
        }
    }
}
