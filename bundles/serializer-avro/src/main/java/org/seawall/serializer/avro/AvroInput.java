package org.seawall.serializer.avro;

import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.WireInput;

/** Reads Avro's primitives: numbers are zig-zag, and so are the lengths before text and bytes. */
final class AvroInput extends WireInput {

    AvroInput(byte[] bytes, int from, int to) {
        super(bytes, from, to);
    }

    long readLong() {
        return readZigZag();
    }

    /** Reads a length and checks that so many bytes follow. */
    int readLength() {
        return checkedLength(readLong());
    }

    /** Reads the zero behind the last block of an array or a map. */
    void readEnd() {
        long count = readLong();
        if (count != 0) {
            throw new MalformedException("more than one block", "0", Long.toString(count));
        }
    }

    /** Reads text that was checked before, or whose check is elsewhere. */
    String readText() {
        return readUtf8(readLength());
    }
}
