package org.seawall.serializer.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes numbers and text into bytes whose number was computed before. For one thread. */
public class WireOutput {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;

    protected WireOutput(int size) {
        this.bytes = new byte[size];
    }

    /** The size of what {@link #writeVarint} writes. */
    public static int sizeOfVarint(long bits) {
        return (63 - Long.numberOfLeadingZeros(bits | 1)) / 7 + 1;
    }

    /** The bits that {@link #writeVarint} takes for a number whose sign is to be the lowest bit. */
    public static long zigZag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    public final byte[] bytes() {
        return bytes;
    }

    public final int position() {
        return position;
    }

    public final ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    public final void writeVarint(long value) {
        long bits = value;
        while ((bits & ~0x7fL) != 0) {
            bytes[position++] = (byte) (bits | 0x80);
            bits >>>= 7;
        }
        bytes[position++] = (byte) bits;
    }

    public final void writeByte(int value) {
        bytes[position++] = (byte) value;
    }

    /** Writes a text that takes {@code length} bytes, as {@link Utf8#length} said, without that length. */
    public final void writeUtf8(String text, int length) {
        Utf8.write(text, length, bytes, position);
        position += length;
    }

    public final void writeRaw(byte[] value) {
        System.arraycopy(value, 0, bytes, position, value.length);
        position += value.length;
    }

    public final void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public final void writeDouble(double value) {
        DOUBLE.set(bytes, position, value);
        position += Double.BYTES;
    }

    public final void writeFixed32(int value) {
        INT.set(bytes, position, value);
        position += Integer.BYTES;
    }

    /**
     * Writes the components without a count, in one copy, and checks the copy: the caller's array may have been changed
     * after the entry checked it, and a batch that is acknowledged but cannot be read back would be the end of its log.
     */
    public final void writeFloats(float[] values) {
        int begin = position;
        ByteBuffer.wrap(bytes, begin, values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(values);
        position += values.length * Float.BYTES;
        Floats.checkFinite(bytes, begin, values.length);
    }
}
