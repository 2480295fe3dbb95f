package org.seawall.viper.exchange;

import java.nio.ByteBuffer;

/** Numbers of seven bits a byte, the lowest first. */
final class Varints {
    private Varints() {}

    /**
     * @throws RuntimeException if it does not end, or is over 64 bits
     */
    static long unsigned(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("number does not end, expected 10 bytes at most");
    }

    static long signed(ByteBuffer bytes) {
        long number = unsigned(bytes);
        return (number >>> 1) ^ -(number & 1);
    }

    /**
     * @throws RuntimeException if it is not from 0 to a limit
     */
    static int bounded(ByteBuffer bytes, long limit, String what) {
        long number = unsigned(bytes);
        if (number < 0 || number > limit) {
            throw new IllegalArgumentException(what + ", expected 0 to " + limit + ", actual=" + number);
        }
        return (int) number;
    }
}
