package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** Rules S10 to S16: headers and frames. */
interface SerializerSegmentRules {
    BatchSerializer serializer();

    private SegmentBytes segment() {
        return new SegmentBytes(serializer());
    }

    @Test
    default void s10_theHeaderComesBackAsItWas() throws IOException {
        List<SegmentHeader> headers = List.of(
                SegmentBytes.HEADER,
                new SegmentHeader("catalog", 1, 1, 1, "", 0, "op_00000002_20250628142000.avro", Optional.empty(), 0),
                new SegmentHeader(
                        "été",
                        Long.MAX_VALUE,
                        2,
                        Long.MAX_VALUE,
                        "p",
                        -1,
                        "s",
                        Optional.of(new Coverage(Long.MAX_VALUE, -1, Long.MAX_VALUE, Coverage.UNKNOWN)),
                        1),
                SegmentBytes.HEADER.covering(new Coverage(3, 7, 99, 12)),
                SegmentBytes.HEADER.covering(new Coverage(1, 0, 99, 0, 99)),
                SegmentBytes.HEADER.covering(new Coverage(1, 0, 99, 12, 40)),
                SegmentBytes.HEADER.covering(new Coverage(1, 0, 0, 0)));
        for (SegmentHeader header : headers) {
            SegmentFormat begun = serializer().begin(header);
            assertEquals(header, begun.header());
            assertTrue(begun.current(), "a segment that is begun is of the version that is written");
            byte[] bytes = bytes(begun.headerBytes());
            SegmentFormat opened = serializer().open(new BytesInput(bytes));
            assertEquals(header, opened.header());
            assertTrue(opened.current(), "a segment that was just begun is of the version that is written");
            assertArrayEquals(bytes, bytes(opened.headerBytes()), "bytes of a header that was read");
            assertArrayEquals(begun.marker(), opened.marker());
        }
    }

    @Test
    default void s11_theSameHeaderGivesTheSameBytes() throws IOException {
        SegmentFormat format = serializer().begin(SegmentBytes.HEADER);
        byte[] bytes = bytes(format.headerBytes());
        assertArrayEquals(bytes, bytes(format.headerBytes()), "a second look");
        assertArrayEquals(bytes, bytes(serializer().begin(SegmentBytes.HEADER).headerBytes()));
        assertThrows(ReadOnlyBufferException.class, () -> format.headerBytes().put((byte) 1));
    }

    @Test
    default void s12_framesFollowOneAnotherByTheirLengths() throws IOException {
        SegmentBytes segment = segment();
        for (int i = 0; i < 6; i++) {
            segment.add(new AnyEntries(i).batch(1 + i * 5));
        }
        BytesInput input = new BytesInput(segment.bytes());
        SegmentFormat format = serializer().open(input);
        long offset = format.headerBytes().remaining();
        long sequence = SegmentBytes.HEADER.firstSequence();
        for (int i = 0; i < 6; i++) {
            assertEquals(segment.offset(i), offset, "where a frame begins");
            FrameRead.Frame frame = assertInstanceOf(FrameRead.Frame.class, format.read(input, offset));
            assertEquals(new AnyEntries(i).batch(1 + i * 5), SegmentBytes.entries(frame.batch()));
            assertEquals(SegmentBytes.header(sequence), frame.header());
            sequence += frame.batch().count();
            offset += frame.length();
        }
        assertEquals(input.size(), offset, "where the last frame ends");
    }

    @Test
    default void s13_aFrameTellsItsLengthAndTheChecksumThatIsRead() throws IOException {
        SegmentBytes segment = segment().add(new AnyEntries(3).batch(12));
        FrameBytes frame = segment.frame(0);
        long length = frame.bytes().stream().mapToLong(ByteBuffer::remaining).sum();
        assertEquals(length, frame.length());
        FrameRead.Frame read = assertInstanceOf(FrameRead.Frame.class, segment.read(0));
        assertEquals(length, read.length());
        assertEquals(frame.checksum(), read.checksum());
        SegmentBytes other = segment().add(new AnyEntries(4).batch(12));
        assertNotEquals(frame.checksum(), other.frame(0).checksum(), "checksums of two batches");
    }

    @Test
    default void s14_theChecksumCoversWhatTheBatchSaysOfItself() {
        SegmentFormat format = serializer().begin(SegmentBytes.HEADER);
        EncodedBatch batch = serializer().encode(List.of(Entry.vector("a", 1)), 1);
        BatchHeader header = new BatchHeader(41, 3, "w", 40, 7);
        int checksum = format.frame(header, batch).checksum();
        assertEquals(checksum, format.frame(header, batch).checksum(), "the same again");
        assertNotEquals(
                checksum,
                format.frame(new BatchHeader(42, 3, "w", 40, 7), batch).checksum(),
                "firstSequence");
        assertNotEquals(
                checksum,
                format.frame(new BatchHeader(41, 4, "w", 40, 7), batch).checksum(),
                "epoch");
        assertNotEquals(
                checksum,
                format.frame(new BatchHeader(41, 3, "v", 40, 7), batch).checksum(),
                "writer");
        assertNotEquals(
                checksum,
                format.frame(new BatchHeader(41, 3, "w", 39, 7), batch).checksum(),
                "durableSequence");
        assertNotEquals(
                checksum,
                format.frame(new BatchHeader(41, 3, "w", 40, 8), batch).checksum(),
                "writtenMillis");
    }

    @Test
    default void s15_theMarkerStandsBetweenFramesAndBehindTheLast() throws IOException {
        SegmentBytes segment = segment().add(new AnyEntries(1).batch(2)).add(new AnyEntries(2).batch(2));
        byte[] marker = segment.format().marker();
        assertTrue(marker.length >= 16, () -> "length of the marker " + marker.length);
        assertFalse(Arrays.equals(marker, new byte[marker.length]), "a marker of zeroes");
        byte[] bytes = segment.bytes();
        for (int end : new int[] {segment.offset(1), bytes.length}) {
            assertArrayEquals(marker, Arrays.copyOfRange(bytes, end - marker.length, end), "before " + end);
        }
        byte[] copy = segment.format().marker();
        copy[0]++;
        assertArrayEquals(marker, segment.format().marker(), "the marker is a copy");
    }

    @Test
    default void s16_aBatchCanBeFramedAgain() throws IOException {
        EncodedBatch batch = serializer().encode(new AnyEntries(5).batch(4), 1);
        SegmentBytes first = segment().add(batch, 4).add(batch, 4);
        for (int i = 0; i < 2; i++) {
            FrameRead.Frame frame = assertInstanceOf(FrameRead.Frame.class, first.read(i));
            assertEquals(SegmentBytes.entries(batch), SegmentBytes.entries(frame.batch()));
            EncodedBatch again = frame.batch();
            SegmentBytes copied = segment().add(again, 4);
            assertEquals(
                    SegmentBytes.entries(batch),
                    SegmentBytes.entries(assertInstanceOf(FrameRead.Frame.class, copied.read(0))
                            .batch()),
                    "a batch that was read is framed");
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
