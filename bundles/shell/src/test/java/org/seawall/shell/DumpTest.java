package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.FrameBytes;

class DumpTest {
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
        assertEquals("""
                file         file:%s
                bytes        99
                format       memory
                collection   the-collection
                segment      2
                epoch        3
                sequence     4
                created      1970-01-01T00:00:01Z
                predecessor  before
                chain        0000abcd
                successor    behind

                      OFFSET      LENGTH   EPOCH       FIRST        LAST     DURABLE    CRC32C
                          16          46       3           4           5           1  %s
                          62          37       3           6           6           5  %s

                2 batches, 3 entries
                """.formatted(file, crc(4, 1, "one", "two"), crc(6, 5, "x")), shell.good("wal:dump " + file));
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
        assertTrue(out.contains("          99      100000  zeroes up to the end, written ahead\n"), out);
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
        bytes[98] ^= 1;
        Files.write(file, bytes);
        String said = shell.bad("wal:dump " + file);
        assertTrue(said.startsWith("wal:dump: damaged: batch checksum mismatch, expected="), said);
        assertTrue(said.endsWith(", offset=62, file=" + file), said);
        assertTrue(shell.out().contains("          62          37  damaged: batch checksum mismatch\n"), shell.out());
    }

    @Test
    void aCutOffBatchIsDamage() throws IOException {
        Files.write(file, Arrays.copyOf(segment(0), 90));
        assertTrue(shell.bad("wal:dump " + file).contains("offset=62"));
    }

    @Test
    void jsonIsALineForEachThing() throws IOException {
        Files.write(file, segment(10));
        String[] lines = shell.good("wal:dump " + file + " --json --entries").split("\n");
        assertEquals(4, lines.length);
        assertTrue(lines[0].startsWith("{\"type\":\"header\",\"file\":\"file:" + file), lines[0]);
        assertTrue(
                lines[1].startsWith("{\"type\":\"batch\",\"offset\":16,\"length\":46,\"epoch\":3,\"firstSequence\":4,"),
                lines[1]);
        assertTrue(lines[1].contains("\"entries\":[{\"sequence\":4,"), lines[1]);
        assertEquals("{\"type\":\"zeroes\",\"offset\":99,\"length\":10}", lines[3]);
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

    private byte[] segment(int zeroes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(MemoryFormat.MAGIC);
        bytes.write(frame(4, 1, "one", "two").bytes().get(0).array());
        bytes.write(frame(6, 5, "x").bytes().get(0).array());
        bytes.write(new byte[zeroes]);
        return bytes.toByteArray();
    }

    private String crc(long first, long durable, String... payloads) {
        return String.format("%08x", frame(first, durable, payloads).checksum());
    }

    private FrameBytes frame(long first, long durable, String... payloads) {
        return format.frame(
                new BatchHeader(first, 3, "w", durable, 0),
                format.encode(
                        Stream.of(payloads)
                                .map(text -> Entry.payload("", text.getBytes(StandardCharsets.UTF_8)))
                                .toList(),
                        1_000));
    }
}
