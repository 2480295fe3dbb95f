package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
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
    private static final byte[] MESSAGE = StockProtobuf.header(Segment.HEADER).toByteArray();

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
            SegmentFormat written = Protobuf.SERIALIZER.begin(header);
            SegmentFormat read = Protobuf.SERIALIZER.open(new BytesInput(bytes(written)));
            assertEquals(header, read.header());
            assertArrayEquals(bytes(written), bytes(read));
            assertArrayEquals(written.marker(), read.marker());
            assertTrue(written.headerBytes().isReadOnly());
            assertArrayEquals(StockProtobuf.firstPiece(header, written.marker()), bytes(written));
        }
    }

    @Test
    void theMarkerIsTheChecksumOfAllBytesBeforeIt() {
        SegmentFormat format = Protobuf.SERIALIZER.begin(Segment.HEADER);
        assertArrayEquals(SegmentMarker.of(BYTES, BYTES.length - 16), format.marker());
        assertArrayEquals(Arrays.copyOfRange(BYTES, BYTES.length - 16, BYTES.length), format.marker());
    }

    @Test
    void theMarkerCannotBeChangedFromOutside() {
        SegmentFormat format = Protobuf.SERIALIZER.begin(Segment.HEADER);
        format.marker()[0]++;
        assertArrayEquals(Arrays.copyOfRange(BYTES, BYTES.length - 16, BYTES.length), format.marker());
    }

    @ParameterizedTest
    @CsvSource({"4,4", "0,0", "-1,-1", "99999999999,2147483647"})
    void anotherVersionIsNamedEvenIfItsHeaderHasOtherFields(long version, int found) {
        UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(
                        1, UnknownFieldSet.Field.newBuilder().addVarint(version).build())
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("news"))
                                .build())
                .build();
        LogFormatException e = assertThrows(LogFormatException.class, () -> open(file(fields.toByteArray())));
        assertTrue(e.getMessage().contains("found=" + found + ", readable=1..3, file=memory:"), e.getMessage());
    }

    @Test
    void anotherVersionWithAWrongChecksumIsCorrupt() {
        byte[] newer = file(new byte[] {8, 4});
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
        assertCorrupt("segment header not readable: unknown field, or not in its place", joined(MESSAGE, "7001"));
        assertCorrupt("segment header not readable: unknown field, or not in its place", joined(MESSAGE, "0801"));
        assertCorrupt("segment header not readable: unknown field, or not in its place", joined(MESSAGE, "980601"));
        assertCorrupt("segment header not readable: field missing", joined(new byte[0], "120163"));
        assertCorrupt("segment header not readable: field without a value", joined(new byte[0], "08011800"));
        assertCorrupt("segment header not readable: field without a value", joined(new byte[0], "08011200"));
        assertCorrupt("segment header not readable: field without a value", joined(new byte[0], "08013d00000000"));
        assertCorrupt("segment header not readable: value cut off", joined(new byte[0], "08013d0000"));
        assertCorrupt("segment header not readable: text is not UTF-8", joined(new byte[0], "08011202c328"));
        assertCorrupt(
                "segment header not readable: number not in its shortest form", joined(new byte[0], "0801188100"));
        assertCorrupt("segment header not readable: field missing", Arrays.copyOf(HeaderWriter.magic(), 100));
    }

    @Test
    void aMarkerOfAnotherLengthIsCorrupt() {
        byte[] longer = Arrays.copyOf(BYTES, BYTES.length + 16);
        longer[BYTES.length - 17] = 32;
        assertCorrupt("segment header not readable: marker of another length", longer);
    }

    @Test
    void aHeaderAsLongAsItMayBeComesBack() throws IOException {
        int around = BYTES.length - MESSAGE.length - 2;
        byte[] least = StockProtobuf.header(header("c")).toByteArray();
        String longest = "c".repeat(SegmentMarker.MAX_HEADER_BYTES - around - least.length - 5);
        SegmentFormat format = Protobuf.SERIALIZER.begin(header(longest));
        assertTrue(bytes(format).length > SegmentMarker.MAX_HEADER_BYTES - 8);
        assertEquals(header(longest), open(bytes(format)).header());
    }

    private static SegmentHeader header(String collection) {
        return new SegmentHeader(collection, 1, 1, 1, "", 0, "next", Optional.empty(), 0);
    }

    @Test
    void ourFilesAreRecognizedDamagedAndNewerOnesToo() throws IOException {
        assertTrue(recognizes(BYTES));
        assertTrue(recognizes(file(new byte[] {8, 4})));
        int magic = HeaderWriter.magic().length;
        for (int length = magic; length < BYTES.length; length++) {
            assertTrue(recognizes(Arrays.copyOf(BYTES, length)), "length " + length);
        }
        for (int bit = magic * 8; bit < BYTES.length * 8; bit++) {
            byte[] damaged = BYTES.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(recognizes(damaged), "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10, 100_000})
    void otherFilesAreNotRecognized(int length) throws IOException {
        assertFalse(recognizes(new byte[length]));
        assertFalse(recognizes(Arrays.copyOf(BYTES, Math.min(length, 8))));
        assertFalse(recognizes(Arrays.copyOf(new byte[] {'O', 'b', 'j', 1}, length)));
    }

    private static byte[] joined(byte[] message, String hex) {
        byte[] more = HexFormat.of().parseHex(hex);
        byte[] all = Arrays.copyOf(message, message.length + more.length);
        System.arraycopy(more, 0, all, message.length, more.length);
        return file(all);
    }

    /** A file with any message as its header and a right checksum. */
    private static byte[] file(byte[] message) {
        ProtobufOutput output = new ProtobufOutput(8192);
        output.writeRaw(HeaderWriter.magic());
        output.writeMember(0x12, message.length);
        output.writeRaw(message);
        output.writeMember(0x22, 16);
        output.writeRaw(SegmentMarker.of(output.bytes(), output.position()));
        return Arrays.copyOf(output.bytes(), output.position());
    }

    private static LogCorruptException assertCorrupt(String fact, byte[] bytes) {
        LogCorruptException e = assertThrows(LogCorruptException.class, () -> open(bytes));
        assertTrue(e.getMessage().startsWith(fact), e.getMessage());
        return e;
    }

    private static SegmentFormat open(byte[] bytes) throws IOException {
        return Protobuf.SERIALIZER.open(new BytesInput(bytes));
    }

    private static boolean recognizes(byte[] bytes) throws IOException {
        return Protobuf.SERIALIZER.recognizes(new BytesInput(bytes));
    }

    private static byte[] bytes(SegmentFormat format) {
        ByteBuffer buffer = format.headerBytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
