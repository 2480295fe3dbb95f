package org.seawall.viper.exchange;

import java.nio.ByteBuffer;

/** All first bytes, then all second bytes and so on (BYTE_STREAM_SPLIT). */
final class SplitValues extends Values {
    private final ByteBuffer bytes;
    private final Leaf column;
    private final int count;
    private int given;

    /**
     * @param bytes read from its position on
     */
    SplitValues(ByteBuffer bytes, Leaf column) {
        this.bytes = bytes.slice();
        this.column = column;
        this.count = bytes.remaining() / column.width();
        if (bytes.remaining() % column.width() != 0) {
            throw new IllegalArgumentException(
                    "bytes of a page that do not divide, bytes=" + bytes.remaining() + ", width=" + column.width());
        }
    }

    @Override
    long bits() {
        byte[] value = bytes();
        long bits = 0;
        for (int i = value.length - 1; i >= 0; i--) {
            bits = bits << Byte.SIZE | value[i] & 0xff;
        }
        return column.width() == Integer.BYTES ? (int) bits : bits;
    }

    @Override
    byte[] bytes() {
        if (given == count) {
            throw new IllegalArgumentException("page has fewer values than it tells, values=" + count);
        }
        byte[] value = new byte[column.width()];
        for (int i = 0; i < value.length; i++) {
            value[i] = bytes.get(i * count + given);
        }
        given++;
        return value;
    }
}
