package org.seawall.serializer.avro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads Avro's primitives from a range of bytes that may be anything. What does not fit in the range, and a number that is
 * not written in its shortest form, throws {@link MalformedException}. For one thread.
 */
final class AvroInput {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LAST_SHIFT = 63;

    private final byte[] bytes;
    private final int limit;
    private int position;

    AvroInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.limit = to;
    }

    int position() {
        return position;
    }

    int left() {
        return limit - position;
    }

    long readLong() {
        if (position < limit && bytes[position] >= 0) {
            int one = bytes[position++];
            return (one >>> 1) ^ -(one & 1);
        }
        return readLongerLong();
    }

    private long readLongerLong() {
        long bits = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            if (position == limit) {
                throw new MalformedException("number cut off", "more bytes", "end at " + position);
            }
            int next = bytes[position++];
            bits |= (next & 0x7fL) << shift;
            if (next >= 0) {
                // shortest form only, so that a value has one encoding and the other bits of the tenth byte none
                if (next == 0 && shift > 0 || shift == LAST_SHIFT && next > 1) {
                    break;
                }
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new MalformedException("number not in its shortest form", "1 to 10 bytes", "end at " + position);
    }

    /** Reads a length and checks that so many bytes follow. */
    int readLength() {
        long length = readLong();
        if (length < 0 || length > left()) {
            throw new MalformedException("length out of range", "0 to " + left(), Long.toString(length));
        }
        return (int) length;
    }

    /** Reads the zero behind the last block of an array or a map. */
    void readEnd() {
        long count = readLong();
        if (count != 0) {
            throw new MalformedException("more than one block", "0", Long.toString(count));
        }
    }

    double readDouble() {
        int at = position;
        skip(Double.BYTES);
        return (double) DOUBLE.get(bytes, at);
    }

    boolean readBoolean() {
        int at = position;
        skip(1);
        if ((bytes[at] & 0xfe) != 0) {
            throw new MalformedException("not a boolean", "0 or 1", Integer.toString(bytes[at]));
        }
        return bytes[at] == 1;
    }

    /** Reads text that was checked before, or whose check is elsewhere. */
    String readText() {
        int length = readLength();
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    void skip(int length) {
        if (length > left()) {
            throw new MalformedException("value cut off", length + " bytes", left() + " bytes");
        }
        position += length;
    }
}
