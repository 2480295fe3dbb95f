package org.seawall.serializer.avro;

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

/** One file: its header, and frames that are Avro blocks of one record {@code Batch} each. See FORMAT.md. */
final class AvroSegmentFormat implements SegmentFormat {
    private final SegmentHeader header;
    private final byte[] headerBytes;
    private final byte[] marker;
    private final FormatVersion version;
    private final int maxBatchBytes;

    AvroSegmentFormat(SegmentHeader header, byte[] headerBytes, FormatVersion version, int maxBatchBytes) {
        this.header = header;
        this.headerBytes = headerBytes;
        this.marker = Arrays.copyOfRange(headerBytes, headerBytes.length - SegmentMarker.BYTES, headerBytes.length);
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
        return marker.clone();
    }

    @Override
    public boolean current() {
        return version == FormatVersion.of(header);
    }

    @Override
    public FrameBytes frame(BatchHeader batchHeader, EncodedBatch batch) {
        if (!(batch instanceof AvroEncodedBatch)) {
            throw new IllegalArgumentException(
                    "batch of another serializer, class=" + batch.getClass().getName());
        }
        AvroEncodedBatch encoded = (AvroEncodedBatch) batch;
        byte[] fields = BatchFields.bytes(batchHeader, version);
        int checksum = BatchChecksum.continued(encoded.checksum(), fields, 0, fields.length);
        ByteBuffer entries = encoded.field();
        long storedChecksum = Integer.toUnsignedLong(checksum);
        long size = (long) fields.length + entries.remaining() + AvroOutput.sizeOf(storedChecksum);
        ByteBuffer before = before(size, fields);
        ByteBuffer behind = behind(storedChecksum);
        long length = (long) before.remaining() + entries.remaining() + behind.remaining();
        return new FrameBytes(List.of(before, entries, behind), length, checksum);
    }

    @Override
    public FrameRead read(FileInput input, long offset) throws IOException {
        return new FrameReader(input, offset, marker, maxBatchBytes).read(AvroCoding.of(version));
    }

    private static ByteBuffer before(long size, byte[] fields) {
        AvroOutput output =
                new AvroOutput(AvroOutput.sizeOf(AvroCoding.DATA_IN_BLOCK) + AvroOutput.sizeOf(size) + fields.length);
        output.writeLong(AvroCoding.DATA_IN_BLOCK);
        output.writeLong(size);
        output.writeRaw(fields);
        return output.asReadOnlyBuffer();
    }

    private ByteBuffer behind(long checksum) {
        AvroOutput output = new AvroOutput(AvroOutput.sizeOf(checksum) + marker.length);
        output.writeLong(checksum);
        output.writeRaw(marker);
        return output.asReadOnlyBuffer();
    }
}
