package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.testkit.MemoryFileSystem;

class DumpTest {
    private static final long WRITTEN = 1_751_120_400_000L;

    @TempDir
    Path directory;

    private final GogoShell shell = new GogoShell();
    private final MemoryFormat format = new MemoryFormat();
    private Path file;

    @BeforeEach
    void write() {
        shell.serializers.add(format);
        file = directory.resolve("wal_current.avro");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void headerAndBatchesArePrinted() throws IOException {
        Files.write(file, segment(0));
        assertEquals(
                """
                file         file:%s
                bytes        115
                format       memory
                collection   the-collection
                segment      2
                epoch        3
                sequence     4
                created      1970-01-01T00:00:01Z
                predecessor  before
                chain        0000abcd
                successor    behind

                      OFFSET      LENGTH   EPOCH       FIRST        LAST     DURABLE    CRC32C  WRITTEN
                          16          54       3           4           5           1  %s  2025-06-28T14:20:00Z
                          70          45       3           6           6           5  %s  -

                2 batches, 3 entries
                """.formatted(file, crc(4, WRITTEN, "one", "two"), crc(6, 0, "x")), shell.good("wal:dump " + file));
    }

    @Test
    void entriesArePrintedWithTheirSequences() throws IOException {
        Files.write(file, segment(0));
        String out = shell.good("wal:dump " + file + " --entries");
        assertTrue(out.contains("           5  put "), out);
        assertTrue(out.contains("payload=3 B"), out);
    }

    @Test
    void zeroesAtTheEndAreNoted() throws IOException {
        Files.write(file, segment(100_000));
        String out = shell.good("wal:dump " + file);
        assertTrue(out.contains("         115      100000  zeroes up to the end, written ahead\n"), out);
    }

    @Test
    void whatFollowsZeroesIsDamage() throws IOException {
        byte[] bytes = segment(100_000);
        bytes[bytes.length - 1] = 1;
        Files.write(file, bytes);
        assertTrue(shell.bad("wal:dump " + file).contains("damaged: length out of range"));
    }

    @Test
    void damageIsPrintedWithItsPlaceAndFails() throws IOException {
        byte[] bytes = segment(0);
        bytes[114] ^= 1;
        Files.write(file, bytes);
        String said = shell.bad("wal:dump " + file);
        assertTrue(said.startsWith("wal:dump: damaged: batch checksum mismatch, expected="), said);
        assertTrue(said.endsWith(", offset=70, file=" + file), said);
        assertTrue(shell.out().contains("          70          45  damaged: batch checksum mismatch\n"), shell.out());
    }

    @Test
    void aCutOffBatchIsDamage() throws IOException {
        Files.write(file, Arrays.copyOf(segment(0), 106));
        assertTrue(shell.bad("wal:dump " + file).contains("offset=70"));
    }

    @Test
    void jsonIsALineForEachThing() throws IOException {
        Files.write(file, segment(10));
        String[] lines = shell.good("wal:dump " + file + " --json --entries").split("\n");
        assertEquals(4, lines.length);
        assertTrue(lines[0].startsWith("{\"type\":\"header\",\"file\":\"file:" + file), lines[0]);
        assertTrue(
                lines[1].startsWith("{\"type\":\"batch\",\"offset\":16,\"length\":54,\"epoch\":3,\"firstSequence\":4,"),
                lines[1]);
        assertTrue(lines[1].contains("\"entries\":[{\"sequence\":4,"), lines[1]);
        assertEquals("{\"type\":\"zeroes\",\"offset\":115,\"length\":10}", lines[3]);
    }

    @Test
    void aFileThatStandsForOthersSaysForWhich() throws IOException {
        Files.write(file, segment(0));
        shell.serializers.set(0, new MemoryFormat(Optional.of(new Coverage(1, 0xbeef, 99, 12))));
        String text = shell.good("wal:dump " + file);
        String said = "covers       segments 1 to 2, chain before them 0000beef, sequences up to 99, entries=12\n";
        assertTrue(text.contains(said), text);
        String json = shell.good("wal:dump " + file + " --json");
        String object =
                "\"covers\":{\"firstSegment\":1,\"firstChain\":\"0000beef\",\"lastSequence\":99,\"entries\":12}";
        assertTrue(json.contains(object), json);
    }

    @Test
    void whatIsNotKnownIsNotSaid() throws IOException {
        Files.write(file, segment(0));
        shell.serializers.set(0, new MemoryFormat(Optional.of(new Coverage(1, 0, 99, Coverage.UNKNOWN))));
        String text = shell.good("wal:dump " + file);
        assertTrue(text.contains("sequences up to 99\n"), text);
        String[] lines = shell.good("wal:dump " + file + " --json").split("\n");
        assertTrue(lines[0].contains("\"lastSequence\":99},"), lines[0]);
        assertTrue(lines[1].contains("\"written\":\"2025-06-28T14:20:00Z\""), lines[1]);
        assertFalse(lines[2].contains("written"), lines[2]);
    }

    @Test
    void aFileThatNobodyKnowsIsNamed() throws IOException {
        Files.writeString(file, "something");
        assertEquals(
                "wal:dump: no serializer knows the file, serializers=memory, file=" + file,
                shell.bad("wal:dump " + file));
    }

    @Test
    void aHeaderThatCannotBeReadIsNamed() throws IOException {
        Files.writeString(file, "seawall memory 2");
        assertEquals(
                "wal:dump: unknown version, expected=1, actual=2, offset=15, file=file:" + file,
                shell.bad("wal:dump " + file));
    }

    @Test
    void aFileIsReadThroughTheFileSystemThatServesItsUrl() throws IOException {
        MemoryFileSystem storage = new MemoryFileSystem();
        storage.create(Location.parse("mem:/log/wal_current.avro"), List.of(ByteBuffer.wrap(segment(0))));
        assertEquals(
                "wal:dump: no file system serves the URL, scheme=mem, url=mem:/log/wal_current.avro",
                shell.bad("wal:dump mem:/log/wal_current.avro"));
        shell.fileSystems.add(storage, Map.of(FileSystem.SCHEMES, new String[] {"mem", "other"}));
        String out = shell.good("wal:dump mem:/log/wal_current.avro");
        assertTrue(out.contains("2 batches, 3 entries"), out);
        assertTrue(shell.bad("wal:dump mem:/log/none.avro").contains("mem:/log/none.avro"));
        shell.fileSystems.remove(storage);
        assertTrue(shell.bad("wal:dump mem:/log/wal_current.avro").contains("no file system serves the URL"));
    }

    @Test
    void aLocalFileNeedsNoFileSystemAlsoByItsUrl() throws IOException {
        Files.write(file, segment(0));
        assertTrue(shell.good("wal:dump file://" + file).contains("2 batches, 3 entries"));
    }

    @Test
    void aCollectionIsDumpedFileByFile() throws IOException {
        MemoryFileSystem storage = new MemoryFileSystem();
        storage.create(Location.parse("mem:/log/wal_current.avro"), List.of(ByteBuffer.wrap(segment(0))));
        shell.fileSystems.add(storage, Map.of(FileSystem.SCHEMES, "mem"));
        MemoryInspector inspector = new MemoryInspector(shell.log);
        shell.logs.addInspector(inspector);
        shell.good("wal:create digits --payloads");
        inspector.locate("digits", "mem:/log/wal_current.avro");
        String out = shell.good("wal:dump digits --url mem:/log");
        assertTrue(out.contains("mem:/log/wal_current.avro") && out.contains("2 batches, 3 entries"), out);
        assertTrue(shell.bad("wal:dump nobody --url mem:/log").contains("nobody"));
    }

    private byte[] segment(int zeroes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(MemoryFormat.MAGIC);
        bytes.write(frame(4, WRITTEN, "one", "two").bytes().get(0).array());
        bytes.write(frame(6, 0, "x").bytes().get(0).array());
        bytes.write(new byte[zeroes]);
        return bytes.toByteArray();
    }

    private String crc(long first, long written, String... payloads) {
        return String.format("%08x", frame(first, written, payloads).checksum());
    }

    private FrameBytes frame(long first, long written, String... payloads) {
        return format.frame(
                new BatchHeader(first, 3, "w", first == 4 ? 1 : 5, written),
                format.encode(
                        Stream.of(payloads)
                                .map(text -> Entry.payload("", text.getBytes(StandardCharsets.UTF_8)))
                                .toList(),
                        1_000));
    }
}
