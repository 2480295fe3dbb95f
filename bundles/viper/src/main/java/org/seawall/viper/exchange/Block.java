package org.seawall.viper.exchange;

import java.nio.ByteBuffer;

/** Bytes that grow by literals, and by copies of what is there already, up to a length that is known before. */
final class Block {
    private final byte[] plain;
    private int length;

    Block(int plainBytes) {
        this.plain = new byte[plainBytes];
    }

    void literal(ByteBuffer from, int count) {
        check(count);
        from.get(plain, length, count);
        length += count;
    }

    /** What is copied may reach into its own end: that repeats it. */
    void copy(int distance, int count) {
        check(count);
        if (distance < 1 || distance > length) {
            throw new IllegalArgumentException(
                    "copy from before the begin, distance=" + distance + ", limit=" + length);
        }
        if (distance >= count) {
            System.arraycopy(plain, length - distance, plain, length, count);
        } else {
            for (int i = 0; i < count; i++) {
                plain[length + i] = plain[length + i - distance];
            }
        }
        length += count;
    }

    private void check(int count) {
        if (count < 0 || count > plain.length - length) {
            throw new IllegalArgumentException("longer than the page, expected=" + plain.length);
        }
    }

    byte[] whole() {
        if (length != plain.length) {
            throw new IllegalArgumentException("length of a page, expected=" + plain.length + ", actual=" + length);
        }
        return plain;
    }
}
