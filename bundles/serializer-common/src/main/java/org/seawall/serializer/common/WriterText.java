package org.seawall.serializer.common;

import org.seawall.SerializationException;

/** The words that tell one session of a writer from any other: short text. */
public final class WriterText {
    public static final int MAX_BYTES = 512;

    private WriterText() {}

    /** How many bytes it takes. */
    public static int bytes(String writer) {
        int bytes = Utf8.length(writer, "writer");
        if (bytes > MAX_BYTES) {
            throw new SerializationException("writer too long, bytes=" + bytes + ", limit=" + MAX_BYTES);
        }
        return bytes;
    }

    /** Reads one of a length that was checked against the rest of the batch. */
    public static String read(WireInput input, int length) {
        if (length > MAX_BYTES || !input.isText(length)) {
            throw new MalformedException(
                    "writer not readable", "UTF-8 of at most " + MAX_BYTES + " bytes", length + " bytes");
        }
        return input.readUtf8(length);
    }
}
