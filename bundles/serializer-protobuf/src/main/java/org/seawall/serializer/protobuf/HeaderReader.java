package org.seawall.serializer.protobuf;

import java.util.Arrays;
import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.serializer.common.SegmentStart;
import org.seawall.spi.serializer.SegmentHeader;

/** Reads the header of a file that calls itself a segment. For one file. */
final class HeaderReader {
    private final SegmentStart start;
    private final ProtobufInput input;

    HeaderReader(SegmentStart start) {
        this.start = start;
        this.input = new ProtobufInput(start.bytes(), 0, start.bytes().length);
    }

    /** Whether the file is a segment of any version: the magic says it, and damage behind it is to be reported as such. */
    static boolean isOfSegment(byte[] start) {
        byte[] magic = HeaderWriter.magic();
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
    }

    ProtobufSegmentFormat read(int maxBatchBytes) {
        try {
            SegmentHeader header = header();
            return new ProtobufSegmentFormat(header, start.canonical(header, HeaderWriter::bytes), maxBatchBytes);
        } catch (MalformedException e) {
            throw start.notReadable(e);
        }
    }

    private SegmentHeader header() {
        if (!isOfSegment(start.bytes())) {
            throw new MalformedException("not a segment", "the magic", "other bytes");
        }
        input.skip(HeaderWriter.magic().length);
        input.expect(Tags.Segment.HEADER);
        int length = input.readLength();
        checkMarker(input.position() + length);
        input.enter(length);
        input.expect(Tags.Header.FORMAT);
        start.checkVersion(input.readVarint(), HeaderWriter.VERSION);
        SegmentHeader header = fields();
        input.expectEnd();
        return header;
    }

    private void checkMarker(int headerEnd) {
        ProtobufInput behind = new ProtobufInput(start.bytes(), headerEnd, start.bytes().length);
        behind.expect(Tags.Segment.MARKER);
        int length = behind.readLength();
        if (length != SegmentMarker.BYTES) {
            throw new MalformedException("marker of another length", SegmentMarker.BYTES + " bytes", length + " bytes");
        }
        start.checkMarker(behind.position());
    }

    private SegmentHeader fields() {
        return new SegmentHeader(
                input.readText(Tags.Header.COLLECTION),
                input.readNumber(Tags.Header.SEGMENT),
                input.readNumber(Tags.Header.EPOCH),
                input.readNumber(Tags.Header.FIRST_SEQUENCE),
                input.readText(Tags.Header.PREDECESSOR),
                input.readFixed32(Tags.Header.PREDECESSOR_CHAIN),
                input.readText(Tags.Header.SUCCESSOR),
                input.readNumber(Tags.Header.SNAPSHOT_SEQUENCE),
                input.readNumber(Tags.Header.CREATED_MILLIS));
    }
}
