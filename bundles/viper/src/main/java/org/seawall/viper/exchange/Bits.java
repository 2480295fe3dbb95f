package org.seawall.viper.exchange;

import java.nio.ByteBuffer;

/** Numbers that are packed bit by bit, the lowest bit first. */
final class Bits {
    private Bits() {}

    /**
     * @param bytes whose limit is the end
     * @param bit of the buffer, from 0 on
     * @param width bits of the number, 64 at most
     * @throws IndexOutOfBoundsException if they are not there
     */
    static long read(ByteBuffer bytes, long bit, int width) {
        int at = (int) (bit >>> 3);
        int shift = (int) (bit & 7);
        long number = 0;
        for (int have = -shift; have < width; have += Byte.SIZE) {
            long next = bytes.get(at++) & 0xffL;
            number |= have < 0 ? next >>> -have : next << have;
        }
        return width == Long.SIZE ? number : number & ((1L << width) - 1);
    }
}
