package org.seawall.serializer.avro;

import org.seawall.serializer.common.Utf8;
import org.seawall.serializer.common.WireOutput;

/** Writes Avro's primitives: numbers are zig-zag, and so are the lengths before text and bytes. */
final class AvroOutput extends WireOutput {

    AvroOutput(int size) {
        super(size);
    }

    static int sizeOf(long value) {
        return sizeOfVarint(zigZag(value));
    }

    /** The size of text or bytes with the length before them. */
    static long sizeWithLength(int length) {
        return sizeOf(length) + (long) length;
    }

    void writeLong(long value) {
        writeVarint(zigZag(value));
    }

    void writeText(String text) {
        int length = Utf8.length(text);
        writeLong(length);
        writeUtf8(text, length);
    }

    void writeBytes(byte[] value) {
        writeLong(value.length);
        writeRaw(value);
    }
}
