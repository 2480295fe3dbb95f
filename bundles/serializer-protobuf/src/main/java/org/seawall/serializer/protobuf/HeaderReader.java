package org.seawall.serializer.protobuf;

import java.util.Arrays;
import java.util.Optional;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.serializer.common.SegmentStart;
import org.seawall.spi.serializer.Coverage;
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
            FormatVersion version = version();
            SegmentHeader header = fields(version);
            input.expectEnd();
            byte[] bytes = start.canonical(header, version, values -> HeaderWriter.bytes(values, version));
            return new ProtobufSegmentFormat(header, bytes, version, maxBatchBytes);
        } catch (MalformedException e) {
            throw start.notReadable(e);
        }
    }

    private FormatVersion version() {
        if (!isOfSegment(start.bytes())) {
            throw new MalformedException("not a segment", "the magic", "other bytes");
        }
        input.skip(HeaderWriter.magic().length);
        input.expect(Tags.Segment.HEADER);
        int length = input.readLength();
        checkMarker(input.position() + length);
        input.enter(length);
        input.expect(Tags.Header.FORMAT);
        return start.version(input.readVarint());
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

    private SegmentHeader fields(FormatVersion version) {
        String collection = input.readText(Tags.Header.COLLECTION);
        long segment = input.readNumber(Tags.Header.SEGMENT);
        long epoch = input.readNumber(Tags.Header.EPOCH);
        long firstSequence = input.readNumber(Tags.Header.FIRST_SEQUENCE);
        String predecessor = input.readText(Tags.Header.PREDECESSOR);
        int predecessorChain = input.readFixed32(Tags.Header.PREDECESSOR_CHAIN);
        String successor = input.readText(Tags.Header.SUCCESSOR);
        long sequence = input.readNumber(Tags.Header.SNAPSHOT_SEQUENCE);
        long createdMillis = input.readNumber(Tags.Header.CREATED_MILLIS);
        Optional<Coverage> covers = version == FormatVersion.V1 ? upTo(sequence) : coverage(sequence, version);
        return new SegmentHeader(
                collection,
                segment,
                epoch,
                firstSequence,
                predecessor,
                predecessorChain,
                successor,
                covers,
                createdMillis);
    }

    private static Optional<Coverage> upTo(long sequence) {
        return sequence == 0 ? Optional.empty() : Optional.of(Coverage.upTo(sequence));
    }

    private Optional<Coverage> coverage(long sequence, FormatVersion version) {
        long firstSegment = input.readNumber(Tags.Header.FIRST_SEGMENT);
        int firstChain = input.readFixed32(Tags.Header.FIRST_CHAIN);
        long entries = input.readNumber(Tags.Header.ENTRIES);
        long flushed = version.before(FormatVersion.V3) ? 0 : input.readNumber(Tags.Header.FLUSHED);
        if (flushed < 0 || flushed > Math.max(0, sequence)) {
            throw start.corrupt("more is flushed than there is", "0 to " + sequence, Long.toString(flushed), 0);
        }
        return firstSegment < 1
                ? Optional.empty()
                : Optional.of(new Coverage(firstSegment, firstChain, sequence, entries, flushed));
    }
}
