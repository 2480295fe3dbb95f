package org.seawall.viper.exchange;

import java.nio.ByteBuffer;
import org.apache.parquet.format.Type;

/** The different values of a column chunk, which its pages name by their places. */
final class Dictionary {
    private final long[] numbers;
    private final byte[][] texts;

    private Dictionary(long[] numbers, byte[][] texts) {
        this.numbers = numbers;
        this.texts = texts;
    }

    /**
     * @param bytes little-endian
     * @param count how many values the page tells
     * @throws RuntimeException if they are not there
     */
    static Dictionary of(ByteBuffer bytes, Leaf column, int count) {
        int least = column.type() == Type.BYTE_ARRAY ? Integer.BYTES : column.width();
        if (count < 0 || column.type() == Type.BOOLEAN || count > bytes.remaining() / least) {
            throw new IllegalArgumentException("dictionary is no " + column.type() + " of the size, values=" + count
                    + ", bytes=" + bytes.remaining());
        }
        PlainValues values = new PlainValues(bytes, column);
        long[] numbers = new long[column.isNumber() ? count : 0];
        byte[][] texts = new byte[column.isNumber() ? 0 : count][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.bits();
        }
        for (int i = 0; i < texts.length; i++) {
            texts[i] = values.bytes();
        }
        return new Dictionary(numbers, texts);
    }

    /**
     * The values of a page.
     *
     * @param bytes little-endian: how many bits a place has, and the places
     */
    Values values(ByteBuffer bytes) {
        // a page of nothing but nulls may have no byte
        RunLengths places = new RunLengths(bytes, bytes.hasRemaining() ? bytes.get() : 0);
        return new Values() {
            @Override
            long bits() {
                return numbers[places.next()];
            }

            @Override
            byte[] bytes() {
                return texts[places.next()].clone();
            }
        };
    }
}
