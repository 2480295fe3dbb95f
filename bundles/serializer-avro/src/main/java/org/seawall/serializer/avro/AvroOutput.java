package org.seawall.serializer.avro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes Avro's primitives into bytes whose number was computed before. For one thread. */
final class AvroOutput {
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private int position;

    AvroOutput(int size) {
        this.bytes = new byte[size];
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int sizeOf(long value) {
        long bits = (value << 1) ^ (value >> 63);
        return (63 - Long.numberOfLeadingZeros(bits | 1)) / 7 + 1;
    }

    /** The size of text or bytes with the length before them. */
    static long sizeWithLength(int length) {
        return sizeOf(length) + (long) length;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    void writeLong(long value) {
        long bits = (value << 1) ^ (value >> 63);
        while ((bits & ~0x7fL) != 0) {
            bytes[position++] = (byte) (bits | 0x80);
            bits >>>= 7;
        }
        bytes[position++] = (byte) bits;
    }

    void writeText(String text) {
        int length = Utf8.length(text);
        writeLong(length);
        Utf8.write(text, length, bytes, position);
        position += length;
    }

    void writeBytes(byte[] value) {
        writeLong(value.length);
        writeRaw(value);
    }

    void writeRaw(byte[] value) {
        System.arraycopy(value, 0, bytes, position, value.length);
        position += value.length;
    }

    void writeBoolean(boolean value) {
        bytes[position++] = (byte) (value ? 1 : 0);
    }

    void writeDouble(double value) {
        DOUBLE.set(bytes, position, value);
        position += Double.BYTES;
    }

    /** Writes the components without a count, in one copy. */
    void writeFloats(float[] values) {
        buffer.position(position).asFloatBuffer().put(values);
        position += values.length * Float.BYTES;
    }
}
