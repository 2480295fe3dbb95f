package org.example.lines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** The lines of one segment. A line of a batch ends with a quote and a brace only where no entry's line does. */
record LinesFormat(SegmentHeader header, byte[] start) implements SegmentFormat {
    private static final String BATCH = "batch";
    private static final byte[] MARKER = "{\"end\":\"of batch\"}\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public ByteBuffer headerBytes() {
        return ByteBuffer.wrap(start).asReadOnlyBuffer();
    }

    @Override
    public byte[] marker() {
        return MARKER.clone();
    }

    @Override
    public boolean current() {
        return true;
    }

    /** The checksum is over what the batch says of itself, in which that of its entries is. */
    @Override
    public FrameBytes frame(BatchHeader batchHeader, EncodedBatch batch) {
        LinesBatch lines = (LinesBatch) batch;
        byte[] about = HeaderLine.of(batchHeader, lines.checksum());
        int length = about.length + lines.bytes().length;
        Seal seal = new Seal(BATCH, length, Seal.checksum(about, 0, about.length));
        List<ByteBuffer> bytes = List.of(
                ByteBuffer.wrap(seal.with(about)),
                ByteBuffer.wrap(lines.bytes()).asReadOnlyBuffer(),
                ByteBuffer.wrap(MARKER).asReadOnlyBuffer());
        return new FrameBytes(bytes, seal.size() + length + MARKER.length, seal.checksum());
    }

    @Override
    public FrameRead read(FileInput input, long offset) throws IOException {
        Optional<Seal> found = Seal.read(input, offset, BATCH, LinesSerializer.MAX_BATCH_BYTES);
        if (found.isEmpty()) {
            return new FrameRead.Damage("not a batch", "{\"batch\":\"LENGTH CHECKSUM\"}", "something else", 0);
        }
        Seal seal = found.get();
        long length = seal.size() + (long) seal.length() + MARKER.length;
        if (input.size() - offset < length) {
            return new FrameRead.Damage(
                    "batch is cut off", length + " bytes", input.size() - offset + " bytes", length);
        }
        byte[] lines = seal.sealed(input, offset);
        byte[] marker = new byte[MARKER.length];
        input.read(offset + length - marker.length, ByteBuffer.wrap(marker));
        if (!Arrays.equals(marker, MARKER)) {
            return new FrameRead.Damage("end of batch missing", "{\"end\":\"of batch\"}", "something else", length);
        }
        try {
            return frame(seal, lines, length);
        } catch (IOException | RuntimeException e) {
            return new FrameRead.Damage(
                    "batch cannot be decoded", "lines of JSON", String.valueOf(e.getMessage()), length);
        }
    }

    private static FrameRead frame(Seal seal, byte[] lines, long length) throws IOException {
        int end = LinesBatch.endOfLine(lines, 0);
        if (!seal.matches(lines, 0, end)) {
            return mismatch(seal.checksum(), Seal.checksum(lines, 0, end), length);
        }
        HeaderLine.About about = HeaderLine.readAbout(Arrays.copyOf(lines, end));
        LinesBatch batch = LinesBatch.read(Arrays.copyOfRange(lines, end, lines.length));
        if (about.checksum() != batch.checksum()) {
            return mismatch(about.checksum(), batch.checksum(), length);
        }
        batch.decodeAll();
        return new FrameRead.Frame(about.header(), batch, seal.checksum(), length);
    }

    private static FrameRead mismatch(int expected, int actual, long length) {
        return new FrameRead.Damage(
                "batch checksum mismatch", String.format("%08x", expected), String.format("%08x", actual), length);
    }
}
