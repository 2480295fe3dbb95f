package org.seawall.viper.exchange;

import java.nio.ByteBuffer;

/** Small numbers in runs of one value or packed bit by bit, as levels and places in a dictionary are stored. Holds nothing but its place. */
final class RunLengths {
    private static final int MAX_WIDTH = 32;

    private final ByteBuffer bytes;
    private final int width;
    private long left;
    private boolean packed;
    private int value;
    private long bit;

    /**
     * @param bytes little-endian; read from its position on
     * @param width bits of a number
     */
    RunLengths(ByteBuffer bytes, int width) {
        if (width < 0 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("bits of a number, expected 0 to 32, bits=" + width);
        }
        this.bytes = bytes;
        this.width = width;
    }

    /** How many bits it takes to tell numbers from 0 to a largest one. */
    static int width(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    /**
     * @throws RuntimeException if there is none
     */
    int next() {
        while (left == 0) {
            begin();
        }
        left--;
        if (!packed) {
            return value;
        }
        int next = (int) Bits.read(bytes, bit, width);
        bit += width;
        return next;
    }

    private void begin() {
        if (packed) {
            // the last run may end early, since nobody needs the rest
            bytes.position((int) Math.min(bytes.limit(), bit / Byte.SIZE));
        }
        long header = Varints.unsigned(bytes);
        packed = (header & 1) == 1;
        left = header >>> 1;
        if (packed) {
            left *= Byte.SIZE;
            bit = (long) bytes.position() * Byte.SIZE;
        } else {
            value = 0;
            for (int i = 0; i < (width + 7) / Byte.SIZE; i++) {
                value |= (bytes.get() & 0xff) << (Byte.SIZE * i);
            }
        }
    }
}
