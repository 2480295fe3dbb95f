package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.shell.input.Ivecs;

class IngestTest {
    @TempDir
    Path directory;

    private final GogoShell shell = new GogoShell();

    @BeforeEach
    void create() {
        shell.good("wal:create points --dimension 2; wal:create events --payloads");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void rowsOfFvecsGoInWithTheirNumbersAsIds() throws IOException {
        Path file = fvecs(250);
        String out = shell.good("wal:ingest points " + file + " --batch 100");
        assertTrue(
                out.matches(
                        "ingested 250 vectors in [0-9.]+ s \\([0-9]+/s, [0-9.]+ MB/s\\), sequences 1\\.\\.250, durable\n"),
                out);
        assertEquals(
                IntStream.range(0, 250)
                        .mapToObj(i -> Entry.vector("" + i, i, -i).withTimestamp(Instant.ofEpochMilli(1000)))
                        .toList(),
                shell.log.entries("points").stream()
                        .map(logged -> logged.entry())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1,<f4", "2,<f4", "3,<f8"})
    void rowsOfNpyGoIn(int version, String type) throws IOException {
        shell.good("wal:ingest points "
                + npy(version, "{'descr': '" + type + "', 'fortran_order': False, 'shape': (3, 2), }", 3, 0));
        assertEquals(3, shell.log.entries("points").size());
        assertTrue(Arrays.equals(
                new float[] {2, -2},
                shell.log.get("points", "2").orElseThrow().entry().vector()));
    }

    @Test
    void objectsOfJsonlGoIn() throws IOException {
        Path file = Files.writeString(directory.resolve("x.jsonl"), """
                {"id":"a","vector":[1,2.5e0],"metadata":{"n":7,"x":0.5,"t":"7","yes":true},"timestamp":"1970-01-01T00:00:05Z"}

                {"id":8,"vector":[0,0],"payload":"aGk=","expiresAt":99999999999999}
                {"operation":"delete","id":"a","sequence":5}
                """);
        shell.good("wal:ingest points " + file);
        List<Entry> entries = shell.log.entries("points").stream()
                .map(logged -> logged.entry())
                .toList();
        assertEquals(
                new Entry(
                        Operation.PUT,
                        "a",
                        new float[] {1, 2.5f},
                        Map.of("n", 7L, "x", 0.5, "t", "7", "yes", true),
                        new byte[0],
                        5000,
                        0),
                entries.get(0));
        assertEquals("hi", new String(entries.get(1).payload(), StandardCharsets.UTF_8));
        assertEquals(99999999999999L, entries.get(1).expiresAtMillis());
        assertEquals(Operation.DELETE, entries.get(2).operation());
    }

    @Test
    void whatTailPrintsGoesInAgain() throws IOException {
        shell.good(
                "wal:append points a --vector 0.1,3e-40 --payload x --metadata n=1 --metadata x=0.1; wal:delete points b");
        Path file = Files.writeString(directory.resolve("x.jsonl"), shell.good("wal:tail points --json"));
        shell.good("wal:create copy --dimension 2; wal:ingest copy " + file);
        assertEquals(shell.log.entries("points"), shell.log.entries("copy"));
    }

    @Test
    void acknowledgementsAreListedInOrder() throws IOException {
        Path list = directory.resolve("acks");
        shell.good("wal:ingest points " + fvecs(25) + " --batch 10 --in-flight 2 --ack-log " + list);
        assertEquals("1 10\n11 20\n21 25\n", Files.readString(list));
    }

    @Test
    void resumeGoesOnBehindTheNewestRow() throws IOException {
        Path file = fvecs(30);
        Path list = directory.resolve("acks");
        shell.log.endStorageAt(20);
        String said = shell.bad("wal:ingest points " + file + " --batch 10 --in-flight 1 --ack-log " + list);
        assertEquals(
                "wal:ingest: storage is gone, log=default: disk full; 20 rows are in, sequences 1..20, rows from 20 to 29 are not acknowledged",
                said);
        assertEquals("1 10\n11 20\n", Files.readString(list));
        shell.log.endStorageAt(Long.MAX_VALUE);
        String out = shell.good("wal:ingest points " + file + " --resume --ack-log " + list);
        assertTrue(out.startsWith("ingested 10 vectors in "), out);
        assertTrue(out.endsWith("sequences 21..30, durable, 20 rows were in before\n"), out);
        assertEquals("1 10\n11 20\n21 30\n", Files.readString(list));
        assertEquals("29", shell.log.entries("points").get(29).entry().id());
        assertEquals(
                "ingested 0 vectors, 30 rows were in before\n", shell.good("wal:ingest points " + file + " --resume"));
    }

    @Test
    void resumeOfAnEmptyCollectionBeginsAtTheBegin() throws IOException {
        shell.good("wal:ingest points " + fvecs(3) + " --resume");
        assertEquals(3, shell.log.entries("points").size());
    }

    @Test
    void resumeOfJsonlGoesOnBehindTheNewestObject() throws IOException {
        Path file = Files.writeString(directory.resolve("x.jsonl"), """
                {"id":"a","vector":[1,1]}
                {"id":"b","vector":[1,1]}
                {"id":"a","vector":[2,2]}
                {"id":"c","vector":[3,3]}
                """);
        shell.good("wal:append points a --vector 2,2");
        shell.good("wal:ingest points " + file + " --resume");
        assertEquals(
                List.of("a", "c"),
                shell.log.entries("points").stream()
                        .map(logged -> logged.entry().id())
                        .toList());
        shell.good("wal:append points z --vector 2,2");
        assertEquals(
                "wal:ingest: newest entry is no row of the file, id=z, file=" + file,
                shell.bad("wal:ingest points " + file + " --resume"));
    }

    @ParameterizedTest
    @CsvSource({"a, not the number of a row", "7, of a row behind the end", "1, not from this file"})
    void resumeRefusesAnotherFile(String id, String fact) throws IOException {
        shell.good("wal:append points " + id + " --vector 5,5");
        String said = shell.bad("wal:ingest points " + fvecs(3) + " --resume");
        assertTrue(said.contains(fact), said);
        assertEquals(1, shell.log.entries("points").size());
    }

    @Test
    void aFullLogIsWaitedFor() throws IOException {
        shell.log.refuse(5);
        shell.good("wal:ingest points " + fvecs(30) + " --batch 10");
        assertEquals(30, shell.log.entries("points").size());
    }

    @Test
    void aLogThatStaysFullEndsTheWaiting() throws IOException {
        shell.log.refuse(Integer.MAX_VALUE);
        assertEquals(
                "wal:ingest: log stayed full for 0 s: memory is full, limit=1000, log=default; no rows are in",
                shell.bad("wal:ingest points " + fvecs(30) + " --full-timeout 0"));
    }

    @Test
    void laterRowsBehindAFailureForbidToResume() throws IOException {
        // the second batch is too long for the storage, the third is not
        Path file = fvecs(25);
        shell.log.endStorageAt(19);
        shell.log.acknowledgeAfter(3);
        String said = shell.bad("wal:ingest points " + file + " --batch 10 --in-flight 4");
        assertTrue(
                said.endsWith(
                        "15 rows are in, sequences 1..15, rows from 10 to 19 are not acknowledged, later rows are in:"
                                + " do not resume, ingest the file again"),
                said);
    }

    @Test
    void aTruncatedFileIsNamedWithItsPlace() throws IOException {
        Path file = fvecs(15);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        assertEquals(
                "wal:ingest: file ends within a row, expected=12 bytes, actual=7, row=14, offset=168, file=" + file
                        + "; 10 rows are in, sequences 1..10",
                shell.bad("wal:ingest points " + file + " --batch 10"));
        Files.write(file, Arrays.copyOf(bytes, 12 + 2));
        assertTrue(shell.bad("wal:ingest points " + file)
                .contains("file ends within a row, expected=4 bytes, actual=2, row=1, offset=12"));
    }

    @Test
    void aForeignFileIsNamed() throws IOException {
        Path file = Files.write(directory.resolve("x.fvecs"), new byte[] {0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 0});
        assertEquals(
                "wal:ingest: foreign dimension, expected=2, actual=50855936, row=0, offset=0, file=" + file
                        + "; no rows are in",
                shell.bad("wal:ingest points " + file));
    }

    @Test
    void aComponentThatIsNotFiniteIsNamed() throws IOException {
        Path file = fvecs(3);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(12 + 8, Float.NaN);
        Files.write(file, bytes.array());
        assertEquals(
                "wal:ingest: component is not finite, value=NaN, index=1, id=1, row=1, offset=12, file=" + file
                        + "; no rows are in",
                shell.bad("wal:ingest points " + file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'descr': '>f4', 'fortran_order': False, 'shape': (3, 2), } | unknown type of component
                    {'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), } | columns stand one behind the other
                    {'descr': '<f4', 'fortran_order': False, 'shape': (6,), } | not a table of rows and components, shape=(6,)
                    {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } | foreign dimension, expected=2, actual=3
                    {'descr': '<f4', 'fortran_order': False, 'shape': (4, 2), } | file ends within a row, expected=8 bytes, actual=0, row=3
                    {'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), } | bytes behind the last row, bytes=8, row=2
                    {'descr': '<f4', 'shape': (2, 2), } | .npy header lacks a key
                    """)
    void aForeignNpyIsNamed(String header, String fact) throws IOException {
        String said = shell.bad("wal:ingest points " + npy(1, header, 3, 0));
        assertTrue(said.startsWith("wal:ingest: " + fact), said);
    }

    @Test
    void anNpyHeaderBehindTheEndIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(npy(2, "{}", 0, 0));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -2);
        Path file = Files.write(directory.resolve("y.npy"), bytes);
        assertTrue(shell.bad("wal:ingest points " + file).contains("header out of range, bytes=4294967294"));
        Files.write(file, "something else entirely".getBytes(StandardCharsets.UTF_8));
        assertTrue(shell.bad("wal:ingest points " + file).contains("not an .npy file"));
    }

    @Test
    void aDoubleThatIsNoFloatIsNamed() throws IOException {
        Path file = npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", 3, 1e300);
        String said = shell.bad("wal:ingest points " + file);
        assertTrue(
                said.contains("component does not fit a float, value=1.0E300, limit=3.4028235E38, index=0, row=0"),
                said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"id":"b","vector":[1]} | foreign dimension, expected=2, actual=1, row=1, offset=26
                    {"id":"b","vector":[1,2,3]} | foreign dimension, expected=2, actual=3, row=1
                    {"id":"b"} | foreign dimension, expected=2, actual=0, row=1
                    {"id":"b","vector":[1,NaN]} | component does not fit a float, value=NaN, limit=3.4028235E38, index=1, row=1
                    {"id":"b","vector":[1,1e39]} | component does not fit a float, value=1.0E39
                    {"id":"b","vector":[1,"2"]} | field of another type, expected numbers, field=vector, found=VALUE_STRING
                    {"id":"b","vector":[1,2 | not readable: Unexpected end-of-input
                    {"id":"b","vector":[1,2],"colour":1} | unknown field
                    {"id":"b","id":"c"} | field is named twice, name=id
                    {"id":"b","vector":[1,2],"metadata":{"x":[]}} | metadata of an unknown type
                    {"id":"b","vector":[1,2],"payload":"#"} | not readable: Failed to decode VALUE_STRING as base64
                    {"id":"b","vector":[1,2],"timestamp":"now"} | not a time
                    {"vector":[1,2]} | empty id, expected 1 to 512 bytes, row=1
                    [1,2] | not an object, found=START_ARRAY, row=1
                    """)
    void aForeignObjectIsNamed(String row, String fact) throws IOException {
        Path file = Files.writeString(directory.resolve("x.jsonl"), "{\"id\":\"a\",\"vector\":[1,2]}\n" + row);
        String said = shell.bad("wal:ingest points " + file + " --batch 1");
        assertTrue(said.startsWith("wal:ingest: " + fact), said);
        assertTrue(said.endsWith("file=" + file + "; 1 rows are in, sequences 1..1"), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --batch 0 | batch out of range, expected 1 to 100000, batch=0
                    --batch 100001 | batch out of range, expected 1 to 100000, batch=100001
                    --in-flight 0 | in-flight out of range, expected 1 to 10000, in-flight=0
                    """)
    void sizesAreChecked(String option, String message) throws IOException {
        assertEquals("wal:ingest: " + message, shell.bad("wal:ingest points " + fvecs(1) + " " + option));
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path none = directory.resolve("none.fvecs");
        assertEquals("wal:ingest: no such file, file=" + none, shell.bad("wal:ingest points " + none));
        Path text = Files.createFile(directory.resolve("x.txt"));
        assertEquals(
                "wal:ingest: unknown kind of file, expected one of .fvecs .jsonl .npy (.parquet with the bundle org.seawall.viper),"
                        + " file=" + text,
                shell.bad("wal:ingest points " + text));
        assertTrue(shell.bad("wal:ingest none " + fvecs(1)).contains("collection not found"));
        assertTrue(shell.bad("wal:ingest events " + fvecs(1)).contains("vectors for a collection of payloads"));
    }

    @Test
    void anEmptyFileIngestsNothing() throws IOException {
        assertEquals("ingested 0 vectors\n", shell.good("wal:ingest points " + fvecs(0)));
    }

    @Test
    void searchMeasuresRecall() throws IOException {
        shell.good("wal:ingest points " + fvecs(50));
        Path truth = directory.resolve("truth.ivecs");
        Path found = directory.resolve("found.ivecs");
        Ivecs.write(truth, List.of(new int[] {0, 1, 2}, new int[] {1, 0, 9}));
        Path queries = fvecs("queries.fvecs", 2);
        String out =
                shell.good("wal:search points --queries " + queries + " -k 3 --truth " + truth + " --out " + found);
        assertTrue(out.matches("recall@3=0\\.8333\n2 queries, [0-9.]+ ms per query\n"), out);
        assertEquals(
                List.of(0, 1, 2),
                Arrays.stream(Ivecs.read(found).get(0)).boxed().toList());
        assertTrue(shell.good("wal:search points --queries " + queries + " -k 2 --truth " + truth)
                .startsWith("recall@2=1.0000\n"));
        assertTrue(shell.good("wal:search points --queries " + queries + " -k 3 --json --truth " + truth)
                .startsWith("{\"k\":3,\"recall\":0.8333"));
        assertTrue(shell.good("wal:search points --queries " + queries + " -k 3 --partial --json --truth " + truth)
                .contains("\"missing\":[\"0001-part\"]"));
        shell.good("wal:search points --queries " + queries + " -k 3 --recall 0.9");
        assertTrue(shell.bad("wal:search points --queries " + queries + " -k 3 --recall 1.5")
                .contains("recall out of range, expected above 0 and up to 1, recall=1.5"));
        assertTrue(shell.bad("wal:search points --queries " + queries + " -k 2 --offset 1 --truth " + truth)
                .contains("none may be left out, offset=1"));
        assertTrue(shell.bad("wal:search points --queries " + queries + " -k 4 --truth " + truth)
                .contains("fewer true results than k, results=3, k=4, query=0"));
        Files.write(truth, new byte[] {9, 0, 0, 0, 1});
        assertTrue(shell.bad("wal:search points --queries " + queries + " -k 3 --truth " + truth)
                .contains("file ends within a row, expected=36 bytes, actual=1, row=0, offset=0"));
    }

    @Test
    void searchShowsHits() throws IOException {
        shell.good("wal:append points a --vector 3,4 --metadata k=v; wal:append points b --vector 0,1");
        String out = shell.good("wal:search points --vector 0,0 -k 5");
        assertTrue(out.startsWith("""
                        QUERY  RANK  ID  SEQUENCE  SCORE  METADATA
                            0     1  b          2    1.0
                            0     2  a          1    5.0  k=v
                        1 query,\s"""), out);
        assertTrue(shell.good("wal:search points --vector 0,0 --json")
                .startsWith("[{\"query\":0,\"rank\":1,\"id\":\"b\",\"sequence\":2,\"score\":1.0,\"metadata\":{}}"));
    }

    private Path fvecs(int rows) throws IOException {
        return fvecs("x.fvecs", rows);
    }

    private Path fvecs(String name, int rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(rows * 12).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows; i++) {
            bytes.putInt(2).putFloat(i).putFloat(-i);
        }
        return Files.write(directory.resolve(name), bytes.array());
    }

    private Path npy(int version, String header, int rows, double first) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        boolean doubles = header.contains("f8");
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + rows * 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text);
        for (int i = 0; i < rows; i++) {
            double x = i == 0 ? first : i;
            if (doubles) {
                bytes.putDouble(x).putDouble(-i);
            } else {
                bytes.putFloat((float) x).putFloat(-i);
            }
        }
        return Files.write(directory.resolve("x.npy"), Arrays.copyOf(bytes.array(), bytes.position()));
    }
}
