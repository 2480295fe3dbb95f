package org.seawall.serializer.protobuf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.FrameReader;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** One file: its header, and frames, each a {@code Batch} with the marker behind it. See FORMAT.md. */
final class ProtobufSegmentFormat implements SegmentFormat {
    private final SegmentHeader header;
    private final byte[] headerBytes;
    /** The field {@code marker}. */
    private final byte[] trailer;

    private final FormatVersion version;
    private final int maxBatchBytes;

    ProtobufSegmentFormat(SegmentHeader header, byte[] headerBytes, FormatVersion version, int maxBatchBytes) {
        this.header = header;
        this.headerBytes = headerBytes;
        this.trailer =
                Arrays.copyOfRange(headerBytes, headerBytes.length - HeaderWriter.TRAILER_BYTES, headerBytes.length);
        this.version = version;
        this.maxBatchBytes = maxBatchBytes;
    }

    @Override
    public SegmentHeader header() {
        return header;
    }

    @Override
    public ByteBuffer headerBytes() {
        return ByteBuffer.wrap(headerBytes).asReadOnlyBuffer();
    }

    @Override
    public byte[] marker() {
        return Arrays.copyOfRange(trailer, trailer.length - SegmentMarker.BYTES, trailer.length);
    }

    @Override
    public boolean current() {
        return version == FormatVersion.of(header);
    }

    @Override
    public FrameBytes frame(BatchHeader batchHeader, EncodedBatch batch) {
        if (!(batch instanceof ProtobufEncodedBatch)) {
            throw new IllegalArgumentException(
                    "batch of another serializer, class=" + batch.getClass().getName());
        }
        ProtobufEncodedBatch encoded = (ProtobufEncodedBatch) batch;
        byte[] fields = BatchFields.bytes(batchHeader, version);
        int checksum = BatchChecksum.continued(encoded.checksum(), fields, 0, fields.length);
        ByteBuffer entries = encoded.fields();
        ByteBuffer before = before((long) entries.remaining() + fields.length + BatchDecoder.CHECKSUM_BYTES);
        ByteBuffer behind = behind(fields, checksum);
        long length = (long) before.remaining() + entries.remaining() + behind.remaining();
        return new FrameBytes(List.of(before, entries, behind), length, checksum);
    }

    @Override
    public FrameRead read(FileInput input, long offset) throws IOException {
        return new FrameReader(input, offset, trailer, maxBatchBytes).read(ProtobufCoding.of(version));
    }

    private static ByteBuffer before(long size) {
        ProtobufOutput output = new ProtobufOutput(Tags.BYTES + ProtobufOutput.sizeOfVarint(size));
        output.writeByte(Tags.Segment.BATCH);
        output.writeVarint(size);
        return output.asReadOnlyBuffer();
    }

    private ByteBuffer behind(byte[] fields, int checksum) {
        ProtobufOutput output = new ProtobufOutput(fields.length + BatchDecoder.CHECKSUM_BYTES + trailer.length);
        output.writeRaw(fields);
        output.writeByte(BatchFields.checksumTag(version));
        output.writeFixed32(checksum);
        output.writeRaw(trailer);
        return output.asReadOnlyBuffer();
    }
}
