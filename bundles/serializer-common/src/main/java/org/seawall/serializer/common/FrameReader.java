package org.seawall.serializer.common;

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
public final class FrameReader {
    /** The first read: the whole frame if it is small, its lengths if not. */
    public static final int WINDOW_BYTES = 4096;

    /** How a format writes a batch. What it cannot read throws {@link MalformedException}. */
    public interface Coding {
        /** Reads what stands before a batch, in at most {@link #WINDOW_BYTES} bytes. */
        Claim claim(byte[] window);

        /**
         * Reads a batch.
         *
         * @param frameBytes the length of its frame, for the result
         */
        FrameRead.Frame decode(byte[] bytes, int from, int to, long frameBytes);
    }

    /**
     * What stands before a batch.
     *
     * @param begin where the batch begins
     * @param size how long it claims to be, 0 or more
     */
    public record Claim(int begin, long size) {}

    private final FileInput input;
    private final long offset;
    private final byte[] trailer;
    private final long maxBytes;

    private byte[] window;
    /** What the frame claims to be long; 0 as long as it claims nothing. */
    private long length;

    /**
     * A reader.
     *
     * @param offset where the frame begins
     * @param trailer the bytes that stand behind every batch: the marker, and what the format puts before it
     * @param maxBatchBytes the most bytes of a batch's entries
     */
    public FrameReader(FileInput input, long offset, byte[] trailer, int maxBatchBytes) {
        this.input = input;
        this.offset = offset;
        this.trailer = trailer;
        this.maxBytes = (long) maxBatchBytes + BatchLimit.MAX_OTHER_BYTES;
    }

    /** Reads the frame, or says what is wrong with it. */
    public FrameRead read(Coding coding) throws IOException {
        long left = Math.max(0, input.size() - offset);
        window = new byte[(int) Math.min(left, WINDOW_BYTES)];
        input.read(offset, ByteBuffer.wrap(window));
        try {
            Claim claim = coding.claim(window);
            int begin = claim.begin();
            int size = checkedSize(claim, left);
            return begin + size + trailer.length <= window.length
                    ? frame(coding, window, begin, size)
                    : frame(coding, wholeFrame(begin, size), 0, size);
        } catch (MalformedException e) {
            return new FrameRead.Damage(e.fact(), e.expected(), e.actual(), length);
        }
    }

    private int checkedSize(Claim claim, long left) {
        long size = claim.size();
        int around = claim.begin() + trailer.length;
        length = size > Long.MAX_VALUE - around ? Long.MAX_VALUE : size + around;
        if (length > left) {
            throw new MalformedException("batch ends behind the file", length + " bytes", left + " bytes");
        }
        if (size > maxBytes) {
            throw new MalformedException("batch over the limit", "at most " + maxBytes + " bytes", size + " bytes");
        }
        return (int) size;
    }

    /** The batch and the trailer behind it, read on from the window. */
    private byte[] wholeFrame(int begin, int size) throws IOException {
        byte[] bytes = new byte[size + trailer.length];
        int there = window.length - begin;
        System.arraycopy(window, begin, bytes, 0, there);
        input.read(offset + window.length, ByteBuffer.wrap(bytes, there, bytes.length - there));
        return bytes;
    }

    private FrameRead frame(Coding coding, byte[] bytes, int from, int size) {
        int to = from + size;
        if (!Arrays.equals(bytes, to, to + trailer.length, trailer, 0, trailer.length)) {
            HexFormat hex = HexFormat.of();
            throw new MalformedException(
                    "sync marker mismatch", hex.formatHex(trailer), hex.formatHex(bytes, to, to + trailer.length));
        }
        return coding.decode(bytes, from, to, length);
    }
}
