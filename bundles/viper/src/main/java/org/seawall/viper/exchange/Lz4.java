package org.seawall.viper.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** LZ4's raw blocks: literals and a copy, again and again, the last without a copy. */
final class Lz4 {
    private static final int MORE = 15;
    private static final int LEAST_COPY = 4;

    private Lz4() {}

    /**
     * @throws RuntimeException if it is no such block, or of another length
     */
    static byte[] plain(byte[] compressed, int begin, int plainBytes) {
        ByteBuffer bytes =
                ByteBuffer.wrap(compressed, begin, compressed.length - begin).order(ByteOrder.LITTLE_ENDIAN);
        Block block = new Block(plainBytes);
        while (bytes.hasRemaining()) {
            int token = bytes.get() & 0xff;
            block.literal(bytes, length(token >>> 4, bytes));
            if (bytes.hasRemaining()) {
                int distance = bytes.getShort() & 0xffff;
                block.copy(distance, length(token & MORE, bytes) + LEAST_COPY);
            }
        }
        return block.whole();
    }

    private static int length(int nibble, ByteBuffer bytes) {
        int length = nibble;
        int next = nibble == MORE ? 255 : 0;
        while (next == 255) {
            next = bytes.get() & 0xff;
            length = Math.addExact(length, next);
        }
        return length;
    }
}
