package org.seawall.viper.part;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values of a page of a part, one after the other: of a data page of version 1 repetition levels, definition levels, each an int length and
 * runs, and plain values. No level is above 1. Several times as fast as Parquet's own reader, which is made for everything. For one thread.
 *
 * <p>Whatever the bytes are, it ends with a {@link RuntimeException} or with values that are in the page.
 */
final class PageDecoder {
    private static final byte[] NO_LEVELS = {};

    private final ByteBuffer page;
    private final PrimitiveTypeName type;
    private final byte[] repetitions;
    private final byte[] definitions;
    private final int count;
    private int place;
    private int bit;

    /**
     * @param bytes the page without its header, not compressed
     * @param count how many values it has, with those that are not there
     */
    PageDecoder(byte[] bytes, int count, ColumnDescriptor column) {
        if (column.getMaxRepetitionLevel() > 1 || column.getMaxDefinitionLevel() > 1) {
            throw new IllegalArgumentException("levels of a column, limit=1, column=" + column);
        }
        this.page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.type = column.getPrimitiveType().getPrimitiveTypeName();
        this.count = count;
        this.repetitions = column.getMaxRepetitionLevel() == 0 ? NO_LEVELS : levels();
        this.definitions = column.getMaxDefinitionLevel() == 0 ? NO_LEVELS : levels();
    }

    /** Of one bit each: runs of one value, and eight after eight in bits. */
    private byte[] levels() {
        int end = page.getInt() + page.position();
        if (end < page.position() || end > page.limit() || count > 8L * page.limit() + 8 && count > 1 << 24) {
            throw new IllegalArgumentException("levels beyond the end of a page, values=" + count + ", end=" + end);
        }
        byte[] levels = new byte[count];
        for (int filled = 0; filled < count; ) {
            int header = number(end);
            if ((header & 1) == 0) {
                int run = Math.min(header >>> 1, count - filled);
                byte level = page.get();
                if (run == 0 || level < 0 || level > 1) {
                    throw new IllegalArgumentException("run of levels, length=" + run + ", level=" + level);
                }
                Arrays.fill(levels, filled, filled + run, level);
                filled += run;
            } else {
                for (int left = header >>> 1; left > 0 && filled < count; left--) {
                    int eight = page.get();
                    for (int i = 0; i < 8 && filled < count; i++) {
                        levels[filled++] = (byte) (eight >>> i & 1);
                    }
                }
            }
        }
        page.position(end);
        return levels;
    }

    /** A number with seven bits a byte, the lowest first. */
    private int number(int end) {
        int number = 0;
        for (int shift = 0; shift < 32 && page.position() < end; shift += 7) {
            byte next = page.get();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("levels end within a number, offset=" + page.position());
    }

    boolean hasNext() {
        return place < count;
    }

    /** Whether the next value is the first of a row; also true behind the last. */
    boolean atRow() {
        return repetitions.length == 0 || place == count || repetitions[place] == 0;
    }

    /** The next value, or null if it is not there. */
    Object next() {
        if (!defined()) {
            return null;
        }
        switch (type) {
            case INT64:
                return page.getLong();
            case DOUBLE:
                return page.getDouble();
            case BOOLEAN:
                return bit();
            default:
                byte[] bytes = new byte[length()];
                page.get(bytes);
                return bytes;
        }
    }

    void skip() {
        if (defined()) {
            switch (type) {
                case INT64, DOUBLE -> page.position(page.position() + Long.BYTES);
                case BOOLEAN -> bit();
                default -> {
                    int length = length();
                    page.position(page.position() + length);
                }
            }
        }
    }

    private boolean defined() {
        if (place >= count) {
            throw new IllegalArgumentException("values of a page, limit=" + count);
        }
        boolean there = definitions.length == 0 || definitions[place] == 1;
        place++;
        return there;
    }

    private int length() {
        int length = page.getInt();
        if (length < 0 || length > page.remaining()) {
            throw new IllegalArgumentException(
                    "value beyond the end of a page, length=" + length + ", left=" + page.remaining());
        }
        return length;
    }

    private boolean bit() {
        int at = page.position() + (bit >>> 3);
        boolean set = (page.get(at) >>> (bit & 7) & 1) == 1;
        bit++;
        return set;
    }
}
