package org.seawall.serializer.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers and text from a range of bytes that may be anything. What does not fit in the range, and a number that is
 * not written in its shortest form, throws {@link MalformedException}. For one thread.
 */
public class WireInput {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LAST_SHIFT = 63;

    protected final byte[] bytes;
    private int limit;
    private int position;

    protected WireInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.limit = to;
    }

    public final int position() {
        return position;
    }

    public final int left() {
        return limit - position;
    }

    /** Whether the next byte is this one; it is read if it is. */
    public final boolean readIf(int expected) {
        if (position == limit || bytes[position] != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** Reads a number of 1 to 10 bytes, seven bits each, the lowest first. */
    public final long readVarint() {
        if (position < limit && bytes[position] >= 0) {
            return bytes[position++];
        }
        return readLongerVarint();
    }

    private long readLongerVarint() {
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
                return bits;
            }
        }
        throw new MalformedException("number not in its shortest form", "1 to 10 bytes", "end at " + position);
    }

    /** Reads a number whose sign is its lowest bit. */
    public final long readZigZag() {
        long bits = readVarint();
        return (bits >>> 1) ^ -(bits & 1);
    }

    public final double readDouble() {
        int at = position;
        skip(Double.BYTES);
        return (double) DOUBLE.get(bytes, at);
    }

    public final int readFixed32() {
        int at = position;
        skip(Integer.BYTES);
        return (int) INT.get(bytes, at);
    }

    public final boolean readBoolean() {
        int at = position;
        skip(1);
        if ((bytes[at] & 0xfe) != 0) {
            throw new MalformedException("not a boolean", "0 or 1", Integer.toString(bytes[at]));
        }
        return bytes[at] == 1;
    }

    /** Checks a length that was read: so many bytes follow. */
    public final int checkedLength(long length) {
        if (length < 0 || length > left()) {
            throw new MalformedException("length out of range", "0 to " + left(), Long.toString(length));
        }
        return (int) length;
    }

    /** Whether so many bytes, a length that was checked, are text. */
    public final boolean isText(int length) {
        return Utf8.isValid(bytes, position, position + length);
    }

    /** Checks that so many bytes, a length that was checked, are text. */
    public final void checkText(int length) {
        if (!isText(length)) {
            throw new MalformedException("text is not UTF-8", "UTF-8", length + " bytes at " + position);
        }
    }

    /** Reads text of a length that was checked. What is no UTF-8 in it was checked before, or is checked elsewhere. */
    public final String readUtf8(int length) {
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    public final void skip(int length) {
        if (length > left()) {
            throw new MalformedException("value cut off", length + " bytes", left() + " bytes");
        }
        position += length;
    }

    /** Begins to read a part of a length that was checked, and returns what {@link #leave} takes to go on behind it. */
    public final int enter(int length) {
        int outer = limit;
        limit = position + length;
        return outer;
    }

    public final void leave(int outer) {
        limit = outer;
    }
}
