package org.seawall.serializer.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as they stand in the bytes: 32-bit little-endian floats, at any offset. */
public final class Floats {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EXPONENTS = 0x7f80_0000_7f80_0000L;
    private static final long LOWEST_OF_EXPONENTS = 0x0080_0000_0080_0000L;
    private static final long CARRIES = 0x8000_0000_8000_0000L;

    private Floats() {}

    /**
     * Checks that all components are finite: an exponent is all ones if and only if adding one to it carries. Two at a
     * time.
     */
    public static void checkFinite(byte[] bytes, int from, int count) {
        int pairsEnd = from + (count & ~1) * Float.BYTES;
        long carries = 0;
        for (int at = from; at < pairsEnd; at += Long.BYTES) {
            carries |= ((long) LONG.get(bytes, at) & EXPONENTS) + LOWEST_OF_EXPONENTS;
        }
        boolean lastIsFinite = (count & 1) == 0 || Float.isFinite((float) FLOAT.get(bytes, pairsEnd));
        if ((carries & CARRIES) != 0 || !lastIsFinite) {
            throw notFinite(bytes, from, count);
        }
    }

    private static MalformedException notFinite(byte[] bytes, int from, int count) {
        int index = 0;
        while (index < count && Float.isFinite((float) FLOAT.get(bytes, from + index * Float.BYTES))) {
            index++;
        }
        float component = (float) FLOAT.get(bytes, from + index * Float.BYTES);
        return new MalformedException("component is not finite", "a finite number", component + " at " + index);
    }

    public static void copy(byte[] bytes, int from, int count, float[] target) {
        ByteBuffer.wrap(bytes, from, count * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(target, 0, count);
    }
}
