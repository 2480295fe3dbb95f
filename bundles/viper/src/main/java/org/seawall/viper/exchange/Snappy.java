package org.seawall.viper.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Snappy's raw blocks, of literals and copies. Its own library is native code. */
final class Snappy {
    private static final int LONG_LITERAL = 60;

    private Snappy() {}

    /**
     * @throws RuntimeException if it is no such block, or of another length
     */
    static byte[] plain(byte[] compressed, int begin, int plainBytes) {
        ByteBuffer bytes =
                ByteBuffer.wrap(compressed, begin, compressed.length - begin).order(ByteOrder.LITTLE_ENDIAN);
        long told = Varints.unsigned(bytes);
        if (told != plainBytes) {
            throw new IllegalArgumentException("length of a page, expected=" + plainBytes + ", actual=" + told);
        }
        Block block = new Block(plainBytes);
        while (bytes.hasRemaining()) {
            int tag = bytes.get() & 0xff;
            int above = tag >>> 2;
            switch (tag & 3) {
                case 0 -> block.literal(bytes, literal(above, bytes));
                case 1 -> block.copy((tag >>> 5) << 8 | bytes.get() & 0xff, (above & 7) + 4);
                case 2 -> block.copy(bytes.getShort() & 0xffff, above + 1);
                default -> block.copy(bytes.getInt(), above + 1);
            }
        }
        return block.whole();
    }

    private static int literal(int above, ByteBuffer bytes) {
        if (above < LONG_LITERAL) {
            return above + 1;
        }
        int length = 0;
        for (int i = 0; i <= above - LONG_LITERAL; i++) {
            length |= (bytes.get() & 0xff) << (Byte.SIZE * i);
        }
        return length + 1;
    }
}
