package org.seawall.serializer.protobuf;

import java.nio.charset.StandardCharsets;
import org.seawall.SerializationException;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.serializer.common.Utf8;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/** The first bytes of a file: magic, header, and the marker, which is their checksum. */
final class HeaderWriter {
    /** The field {@code marker}. */
    static final int TRAILER_BYTES = (int) ProtobufOutput.sizeOfMember(SegmentMarker.BYTES);

    private static final String MAGIC_TEXT = "seawall";
    private static final byte[] MAGIC = magic();

    private HeaderWriter() {}

    /** The field {@code magic}, the first of a file of any version. */
    static byte[] magic() {
        byte[] text = MAGIC_TEXT.getBytes(StandardCharsets.US_ASCII);
        ProtobufOutput output = new ProtobufOutput((int) ProtobufOutput.sizeOfMember(text.length));
        output.writeBytes(Tags.Segment.MAGIC, text);
        return output.bytes();
    }

    static byte[] bytes(SegmentHeader header, FormatVersion version) {
        long length = size(header, version);
        long size = MAGIC.length + ProtobufOutput.sizeOfMember(length) + TRAILER_BYTES;
        if (size > SegmentMarker.MAX_HEADER_BYTES) {
            throw new SerializationException(
                    "segment header over the limit, bytes=" + size + ", limit=" + SegmentMarker.MAX_HEADER_BYTES);
        }
        ProtobufOutput output = new ProtobufOutput((int) size);
        output.writeRaw(MAGIC);
        output.writeMember(Tags.Segment.HEADER, (int) length);
        write(header, version, output);
        output.writeMember(Tags.Segment.MARKER, SegmentMarker.BYTES);
        output.writeRaw(SegmentMarker.of(output.bytes(), output.position()));
        return output.bytes();
    }

    private static long size(SegmentHeader header, FormatVersion version) {
        return ProtobufOutput.sizeOfNumber(version.number())
                + sizeOfText(header.collection(), "collection")
                + ProtobufOutput.sizeOfNumber(header.segment())
                + ProtobufOutput.sizeOfNumber(header.epoch())
                + ProtobufOutput.sizeOfNumber(header.firstSequence())
                + sizeOfText(header.predecessor(), "predecessor")
                + ProtobufOutput.sizeOfFixed32(header.predecessorChain())
                + sizeOfText(header.successor(), "successor")
                + ProtobufOutput.sizeOfNumber(sequence(header))
                + ProtobufOutput.sizeOfNumber(header.createdMillis())
                + header.covers()
                        .filter(covers -> version != FormatVersion.V1)
                        .map(HeaderWriter::size)
                        .orElse(0L);
    }

    private static long size(Coverage covers) {
        return (long) ProtobufOutput.sizeOfNumber(covers.firstSegment())
                + ProtobufOutput.sizeOfFixed32(covers.firstChain())
                + ProtobufOutput.sizeOfNumber(covers.entries())
                + ProtobufOutput.sizeOfNumber(covers.flushed());
    }

    private static long sequence(SegmentHeader header) {
        return header.covers().map(Coverage::lastSequence).orElse(0L);
    }

    private static long sizeOfText(String text, String field) {
        return ProtobufOutput.sizeOfField(Utf8.length(text, field));
    }

    private static void write(SegmentHeader header, FormatVersion version, ProtobufOutput output) {
        output.writeNumber(Tags.Header.FORMAT, version.number());
        writeText(Tags.Header.COLLECTION, header.collection(), output);
        output.writeNumber(Tags.Header.SEGMENT, header.segment());
        output.writeNumber(Tags.Header.EPOCH, header.epoch());
        output.writeNumber(Tags.Header.FIRST_SEQUENCE, header.firstSequence());
        writeText(Tags.Header.PREDECESSOR, header.predecessor(), output);
        output.writeFixed32(Tags.Header.PREDECESSOR_CHAIN, header.predecessorChain());
        writeText(Tags.Header.SUCCESSOR, header.successor(), output);
        output.writeNumber(Tags.Header.SNAPSHOT_SEQUENCE, sequence(header));
        output.writeNumber(Tags.Header.CREATED_MILLIS, header.createdMillis());
        if (version != FormatVersion.V1 && header.covers().isPresent()) {
            Coverage covers = header.covers().get();
            output.writeNumber(Tags.Header.FIRST_SEGMENT, covers.firstSegment());
            output.writeFixed32(Tags.Header.FIRST_CHAIN, covers.firstChain());
            output.writeNumber(Tags.Header.ENTRIES, covers.entries());
            output.writeNumber(Tags.Header.FLUSHED, covers.flushed());
        }
    }

    private static void writeText(int tag, String text, ProtobufOutput output) {
        output.writeText(tag, text, Utf8.length(text));
    }
}
