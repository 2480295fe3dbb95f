package org.seawall.serializer.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.FrameRead;

/**
 * Reads the frame at one place. The bytes may be anything: a length is believed only as far as the file and the limit go,
 * and nothing is allocated before. For one read.
 */
final class FrameReader {
    /** The first read: the whole frame if it is small, its lengths if not. */
    static final int WINDOW_BYTES = 4096;

    private final FileInput input;
    private final long offset;
    private final byte[] marker;
    private final long maxDatumBytes;

    private byte[] window;
    /** Where in the window the datum begins. */
    private int begin;
    /** What the frame claims to be long; 0 as long as it claims nothing. */
    private long length;

    FrameReader(FileInput input, long offset, byte[] marker, int maxBatchBytes) {
        this.input = input;
        this.offset = offset;
        this.marker = marker;
        this.maxDatumBytes = (long) maxBatchBytes + BatchFields.MAX_BYTES;
    }

    FrameRead read() throws IOException {
        long left = Math.max(0, input.size() - offset);
        window = new byte[(int) Math.min(left, WINDOW_BYTES)];
        input.read(offset, ByteBuffer.wrap(window));
        try {
            int size = checkedSize(left);
            return begin + size + marker.length <= window.length
                    ? frame(window, begin, size)
                    : frame(wholeFrame(size), 0, size);
        } catch (MalformedException e) {
            return new FrameRead.Damage(e.fact(), e.expected(), e.actual(), length);
        }
    }

    private int checkedSize(long left) {
        AvroInput prefix = new AvroInput(window, 0, window.length);
        long count = prefix.readLong();
        long size = prefix.readLong();
        if (count != 1 || size < 0) {
            throw new MalformedException("not a batch", "count=1 and a size", "count=" + count + " size=" + size);
        }
        begin = prefix.position();
        int around = begin + marker.length;
        length = size > Long.MAX_VALUE - around ? Long.MAX_VALUE : size + around;
        if (length > left) {
            throw new MalformedException("batch ends behind the file", length + " bytes", left + " bytes");
        }
        if (size > maxDatumBytes) {
            throw new MalformedException(
                    "batch over the limit", "at most " + maxDatumBytes + " bytes", size + " bytes");
        }
        return (int) size;
    }

    /** The datum and the marker behind it, read on from the window. */
    private byte[] wholeFrame(int size) throws IOException {
        byte[] bytes = new byte[size + marker.length];
        int there = window.length - begin;
        System.arraycopy(window, begin, bytes, 0, there);
        input.read(offset + window.length, ByteBuffer.wrap(bytes, there, bytes.length - there));
        return bytes;
    }

    private FrameRead frame(byte[] bytes, int from, int size) {
        int to = from + size;
        if (!Arrays.equals(bytes, to, to + marker.length, marker, 0, marker.length)) {
            HexFormat hex = HexFormat.of();
            throw new MalformedException(
                    "sync marker mismatch", hex.formatHex(marker), hex.formatHex(bytes, to, to + marker.length));
        }
        return new BatchDecoder(bytes, from, to).decode(length);
    }
}
