package org.seawall.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** Frames of a {@link PlainSerializer}: the body's length, the body, the checksum of both, the marker. */
record PlainFormat(SegmentHeader header, byte[] bytes, PlainFlaw flaw) implements SegmentFormat {
    private static final int LIMIT = 1 << 24;

    @Override
    public ByteBuffer headerBytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public byte[] marker() {
        byte[] marker = new byte[flaw == PlainFlaw.SHORT_MARKER ? 8 : 16];
        Arrays.fill(marker, (byte) '-');
        return marker;
    }

    @Override
    public boolean current() {
        return true;
    }

    @Override
    public FrameBytes frame(BatchHeader batchHeader, EncodedBatch batch) {
        PlainBatch plain = (PlainBatch) batch;
        byte[] body = body(batchHeader, plain.encoded);
        ByteBuffer frame = ByteBuffer.allocate(4 + body.length + 4 + marker().length);
        frame.putInt(body.length).put(body).putInt(checksum(frame.array(), 4 + body.length));
        frame.put(marker()).flip();
        int checksum = frame.getInt(4 + body.length);
        if (flaw == PlainFlaw.FRAMES_A_BATCH_ONCE && !plain.firstFrame()) {
            frame.put(5, (byte) (frame.get(5) + 1));
        }
        int wrong = flaw == PlainFlaw.FRAME_TELLS_ANOTHER_LENGTH ? 1 : 0;
        return new FrameBytes(List.of(frame), frame.remaining() - wrong, checksum);
    }

    /** The flaw leaves the length and the four fields of the batch out. */
    private int checksum(byte[] frame, int end) {
        int from = flaw == PlainFlaw.CHECKSUM_OF_THE_ENTRIES_ALONE ? 4 + 8 + 8 + 8 + 2 + frame[4 + 25] : 0;
        return PlainSerializer.checksum(frame, Math.min(from, end), end);
    }

    private byte[] body(BatchHeader header, List<byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(header.firstSequence());
            out.writeLong(header.epoch());
            out.writeLong(header.durableSequence());
            out.writeUTF(header.writer());
            out.writeLong(flaw == PlainFlaw.FORGETS_WHEN_IT_WAS_WRITTEN ? 0 : header.writtenMillis());
            out.writeInt(entries.size());
            for (byte[] entry : entries) {
                out.writeInt(entry.length);
                out.write(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public FrameRead read(FileInput input, long offset) throws IOException {
        long left = input.size() - offset;
        int around = 8 + marker().length;
        if (left < around && flaw != PlainFlaw.CHECKS_NO_MARKER || left < 8) {
            return damage("frame is cut off", 0);
        }
        ByteBuffer length = ByteBuffer.allocate(4);
        input.read(offset, length);
        int body = length.getInt(0);
        if (flaw == PlainFlaw.ALLOCATES_BY_ANY_LENGTH && body > 0) {
            length = ByteBuffer.allocate(Math.min(body, 1 << 28));
        }
        if (body == 0 && flaw == PlainFlaw.ZEROES_ARE_AN_EMPTY_BATCH) {
            PlainBatch none = new PlainBatch(List.of(), List.of(), flaw);
            return new FrameRead.Frame(new BatchHeader(0, 0, "", 0, 0), none, 0, 4);
        }
        if (body < 38 && flaw != PlainFlaw.FAILS_ON_NEGATIVE_LENGTHS || body > LIMIT) {
            return damage("not a batch", 0);
        }
        int needed = flaw == PlainFlaw.CHECKS_NO_MARKER ? 8 : around;
        return body > left - needed ? damage("frame ends behind the file", body) : frame(input, offset, body);
    }

    private FrameRead frame(FileInput input, long offset, int body) throws IOException {
        byte[] frame = new byte[8 + body];
        input.read(offset, ByteBuffer.wrap(frame));
        int checksum = ByteBuffer.wrap(frame).getInt(4 + body);
        int length = frame.length + (flaw == PlainFlaw.LENGTH_WITHOUT_THE_MARKER ? 0 : marker().length);
        if (flaw != PlainFlaw.CHECKS_NO_CHECKSUM && checksum != checksum(frame, 4 + body)) {
            return damage("checksum mismatch", length);
        }
        if (flaw != PlainFlaw.CHECKS_NO_MARKER) {
            byte[] marker = new byte[marker().length];
            input.read(offset + frame.length, ByteBuffer.wrap(marker));
            if (!Arrays.equals(marker, marker())) {
                return damage("marker mismatch", length);
            }
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame, 4, body));
        try {
            return decoded(in, checksum, length);
        } catch (IOException | RuntimeException e) {
            return damage("batch cannot be decoded", length);
        }
    }

    private FrameRead decoded(DataInputStream in, int checksum, int length) throws IOException {
        long first = in.readLong();
        long epoch = in.readLong();
        long durable = in.readLong();
        BatchHeader header = new BatchHeader(first, epoch, in.readUTF(), durable, in.readLong());
        List<byte[]> entries = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            int size = in.readInt();
            if (size < 0 || size > in.available()) {
                return damage("entry ends behind the batch", length);
            }
            entries.add(in.readNBytes(size));
        }
        return new FrameRead.Frame(header, new PlainBatch(entries, List.of(), flaw), checksum, length);
    }

    private static FrameRead damage(String fact, long length) {
        return new FrameRead.Damage(fact, "a frame", "another", length);
    }
}
