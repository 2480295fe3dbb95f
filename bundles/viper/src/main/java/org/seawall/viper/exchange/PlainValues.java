package org.seawall.viper.exchange;

import java.nio.ByteBuffer;
import org.apache.parquet.format.Type;

/** One value behind the other, as it is (PLAIN). */
final class PlainValues extends Values {
    private final ByteBuffer bytes;
    private final Leaf column;
    private long bit;

    /**
     * @param bytes little-endian; read from its position on
     */
    PlainValues(ByteBuffer bytes, Leaf column) {
        this.bytes = bytes;
        this.column = column;
        this.bit = (long) bytes.position() * Byte.SIZE;
    }

    @Override
    long bits() {
        return switch (column.type()) {
            case BOOLEAN -> Bits.read(bytes, bit++, 1);
            case INT32, FLOAT -> bytes.getInt();
            case INT64, DOUBLE -> bytes.getLong();
            default -> super.bits();
        };
    }

    @Override
    byte[] bytes() {
        return taken(bytes, column.type() == Type.BYTE_ARRAY ? bytes.getInt() : column.width());
    }

    /**
     * @throws IllegalArgumentException if they are not there; nothing is allocated then
     */
    static byte[] taken(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "bytes of a value behind the end, length=" + length + ", left=" + bytes.remaining());
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
