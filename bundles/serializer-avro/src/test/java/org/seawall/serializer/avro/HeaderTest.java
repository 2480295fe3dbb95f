package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.serializer.common.BytesInput;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.Segment;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** The first bytes of a file: what is said there comes back, and what is not ours, newer or damaged is told apart. */
class HeaderTest {
    private static final byte[] BYTES = HeaderWriter.bytes(Segment.HEADER, FormatVersion.of(Segment.HEADER));

    @Test
    void aHeaderComesBackAndSoDoItsBytes() throws IOException {
        for (SegmentHeader header : new SegmentHeader[] {
            Segment.HEADER,
            new SegmentHeader("", 0, 0, 0, "", 0, "", Optional.empty(), 0),
            new SegmentHeader(
                    "catalog",
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    -1,
                    "é🌊",
                    -1,
                    "x".repeat(255),
                    Optional.of(new Coverage(17, -2, Long.MAX_VALUE, -1)),
                    5),
        }) {
            SegmentFormat written = Avro.SERIALIZER.begin(header);
            SegmentFormat read = Avro.SERIALIZER.open(new BytesInput(bytes(written)));
            assertEquals(header, read.header());
            assertArrayEquals(bytes(written), bytes(read));
            assertArrayEquals(written.marker(), read.marker());
            assertTrue(written.headerBytes().isReadOnly());
        }
    }

    @Test
    void theMarkerCannotBeChangedFromOutside() {
        SegmentFormat format = Avro.SERIALIZER.begin(Segment.HEADER);
        format.marker()[0]++;
        assertArrayEquals(Arrays.copyOfRange(BYTES, BYTES.length - 16, BYTES.length), format.marker());
    }

    @ParameterizedTest
    @CsvSource({"4,4", "0,0", "-1,-1", "99999999999,2147483647"})
    void anotherVersionIsNamedEvenIfItsHeaderHasOtherFields(String version, int found) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("seawall.news", "anything");
        fields.put("seawall.format", version);
        LogFormatException e = assertThrows(LogFormatException.class, () -> open(header(fields)));
        assertTrue(e.getMessage().contains("found=" + found + ", readable=1..3, file=memory:"), e.getMessage());
    }

    @Test
    void anotherVersionWithAWrongChecksumIsCorrupt() {
        byte[] newer = header(Map.of("seawall.format", "4"));
        newer[newer.length - 1] ^= 1;
        assertCorrupt("segment header checksum mismatch", newer);
    }

    @Test
    void aWrongChecksumIsNamedWithBothSumsAndItsPlace() {
        byte[] damaged = BYTES.clone();
        int marker = BYTES.length - 16;
        damaged[marker] ^= 1;
        LogCorruptException e = assertCorrupt("segment header checksum mismatch, expected=", damaged);
        assertEquals(marker, e.offset());
    }

    @Test
    void aHeaderThatNoWriterOfThisVersionWritesIsCorrupt() {
        assertCorrupt("segment header lacks a field, expected=seawall.format", header(Map.of("a", "b")));
        assertCorrupt("segment header lacks a field, expected=seawall.created", changed("seawall.created", null));
        assertCorrupt(
                "segment schema mismatch", changed("avro.schema", SegmentSchema.text(FormatVersion.NEWEST) + " "));
        assertCorrupt("segment header not as it is written", changed("avro.codec", "deflate"));
        assertCorrupt("segment header not as it is written", changed("seawall.segment", "007"));
        assertCorrupt("segment header not as it is written", changed("seawall.format", "+2"));
        assertCorrupt("segment header not as it is written", HeaderWriter.bytes(Segment.HEADER, FormatVersion.V3));
        assertCorrupt("segment header not as it is written", changed("seawall.predecessorChain", "00C0FFEE"));
        assertCorrupt("segment header not as it is written", changed("one", "more"));
        assertCorrupt("segment header field is no number", changed("seawall.epoch", "x"));
        assertCorrupt("segment header field is no number", changed("seawall.format", "one"));
    }

    @Test
    void textThatIsNotUtf8IsCorruptThoughItsReplacementIsTooLongForAHeader() {
        SegmentHeader header = new SegmentHeader("c".repeat(30_000), 1, 1, 1, "", 0, "next", Optional.empty(), 0);
        byte[] bytes = HeaderWriter.bytes(header, FormatVersion.of(header));
        int begin = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("cccc");
        Arrays.fill(bytes, begin, begin + 30_000, (byte) 0xff);
        int marker = bytes.length - SegmentMarker.BYTES;
        System.arraycopy(SegmentMarker.of(bytes, marker), 0, bytes, marker, SegmentMarker.BYTES);
        assertCorrupt("segment header not as it is written", bytes);
    }

    @Test
    void ourFilesAreRecognizedDamagedAndNewerOnesToo() throws IOException {
        assertTrue(recognizes(BYTES));
        assertTrue(recognizes(header(Map.of("seawall.format", "4"))));
        for (int length = 4; length < BYTES.length; length++) {
            assertTrue(recognizes(Arrays.copyOf(BYTES, length)), "length " + length);
        }
        int bigger = 3 * SegmentMarker.MAX_HEADER_BYTES;
        for (int bit = 32; bit < BYTES.length * 8; bit++) {
            byte[] damaged = BYTES.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(recognizes(damaged), "bit " + bit);
            assertTrue(Avro.SERIALIZER.recognizes(new BytesInput(damaged, bigger)), "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10, 100_000})
    void otherFilesAreNotRecognized(int length) throws IOException {
        assertFalse(recognizes(new byte[length]));
    }

    @Test
    void anAvroFileOfSomebodyElseIsNotRecognized() throws IOException {
        assertFalse(recognizes(foreign("short")));
        assertFalse(recognizes(foreign("long".repeat(50_000))));
        // a writer that puts sizes before the blocks of the map
        byte[] sized = {'O', 'b', 'j', 1, 1, 8, 2, 'a', 2, 'b', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        };
        assertFalse(recognizes(sized));
    }

    private static byte[] foreign(String doc) throws IOException {
        Schema schema = Schema.createRecord("Foreign", doc, "elsewhere", false, List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, bytes);
        }
        return bytes.toByteArray();
    }

    private static byte[] changed(String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>(HeaderMap.read(BYTES).fields());
        if (value == null) {
            fields.remove(name);
        } else {
            fields.put(name, value);
        }
        return header(fields);
    }

    /** A header with a right checksum. */
    private static byte[] header(Map<String, String> fields) {
        AvroOutput output = new AvroOutput(8192);
        output.writeRaw(HeaderFields.MAGIC);
        output.writeLong(fields.size());
        fields.forEach((name, value) -> {
            output.writeText(name);
            output.writeText(value);
        });
        output.writeLong(0);
        output.writeRaw(SegmentMarker.of(output.bytes(), output.position()));
        return Arrays.copyOf(output.bytes(), output.position());
    }

    private static LogCorruptException assertCorrupt(String fact, byte[] bytes) {
        LogCorruptException e = assertThrows(LogCorruptException.class, () -> open(bytes));
        assertTrue(e.getMessage().startsWith(fact), e.getMessage());
        return e;
    }

    private static SegmentFormat open(byte[] bytes) throws IOException {
        return Avro.SERIALIZER.open(new BytesInput(bytes));
    }

    private static boolean recognizes(byte[] bytes) throws IOException {
        return Avro.SERIALIZER.recognizes(new BytesInput(bytes));
    }

    private static byte[] bytes(SegmentFormat format) {
        ByteBuffer buffer = format.headerBytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
