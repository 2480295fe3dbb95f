package org.seawall.serializer.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.SerializationException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * The first bytes of a file that calls itself a segment, as many as a header may have, with the checks that are the same
 * in every format and the words for what fails.
 *
 * @param bytes the first bytes
 * @param file the file, for messages
 */
public record SegmentStart(byte[] bytes, String file) {

    public static SegmentStart of(FileInput input) throws IOException {
        byte[] bytes = new byte[(int) Math.min(input.size(), SegmentMarker.MAX_HEADER_BYTES)];
        input.read(0, ByteBuffer.wrap(bytes));
        return new SegmentStart(bytes, input.location().toString());
    }

    /** Checks the marker at a place, which is the checksum of what stands before it. */
    public void checkMarker(int at) {
        byte[] stored = Arrays.copyOfRange(bytes, at, at + SegmentMarker.BYTES);
        byte[] computed = SegmentMarker.of(bytes, at);
        if (!Arrays.equals(stored, computed)) {
            HexFormat hex = HexFormat.of();
            throw corrupt("segment header checksum mismatch", hex.formatHex(stored), hex.formatHex(computed), at);
        }
    }

    /** Returns the version, or throws that it is not read, before anything else is read: a newer header may have other fields and is not damaged. */
    public FormatVersion version(long found) {
        int newest = FormatVersion.NEWEST.number();
        if (found < 1 || found > newest) {
            int named = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, found));
            throw new LogFormatException(named, 1, newest, file);
        }
        return FormatVersion.values()[(int) found - 1];
    }

    /**
     * Returns the header's bytes, after a check that they are what a writer makes of its values.
     *
     * @param header the values that were read
     * @param version the one that the header says
     * @param writer makes bytes of them
     */
    public byte[] canonical(SegmentHeader header, FormatVersion version, Function<SegmentHeader, byte[]> writer) {
        if (version != FormatVersion.V1 && version != FormatVersion.of(header)) {
            throw corrupt(
                    "segment header not as it is written",
                    "format " + FormatVersion.of(header).number(),
                    "format " + version.number(),
                    0);
        }
        byte[] written;
        try {
            written = writer.apply(header);
        } catch (SerializationException e) {
            throw corrupt("segment header not as it is written", header.toString(), e.getMessage(), 0);
        }
        if (bytes.length < written.length || !Arrays.equals(bytes, 0, written.length, written, 0, written.length)) {
            throw corrupt("segment header not as it is written", header.toString(), "other bytes", 0);
        }
        return written;
    }

    public LogCorruptException corrupt(String fact, String expected, String actual, long offset) {
        return new LogCorruptException(fact, expected, actual, offset, file);
    }

    public LogCorruptException notReadable(MalformedException e) {
        return corrupt("segment header not readable: " + e.fact(), e.expected(), e.actual(), 0);
    }
}
