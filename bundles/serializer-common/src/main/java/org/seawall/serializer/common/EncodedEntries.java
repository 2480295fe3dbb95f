package org.seawall.serializer.common;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.seawall.spi.serializer.EncodedBatch;

/** Entries as they stand in a file, known to be valid, and where each begins. */
public abstract class EncodedEntries implements EncodedBatch {
    /** This object and the headers of its two arrays. */
    private static final int OBJECTS_BYTES = 24 + 16 + 16;

    protected final byte[] bytes;
    private final int[] boundaries;
    private final int checksum;

    /**
     * Takes the arrays as they are.
     *
     * @param bytes hold the encoded entries, perhaps among others
     * @param boundaries where each entry begins, then where the last one ends
     * @param checksum CRC-32C of the encoded entries and what belongs to them
     */
    protected EncodedEntries(byte[] bytes, int[] boundaries, int checksum) {
        this.bytes = bytes;
        this.boundaries = boundaries;
        this.checksum = checksum;
    }

    /**
     * The bytes of all entries, with some around them.
     *
     * @param before how many bytes in front of the first
     * @param behind how many bytes behind the last
     */
    protected final ByteBuffer slice(int before, int behind) {
        int begin = boundaries[0] - before;
        int end = boundaries[count()] + behind;
        return ByteBuffer.wrap(bytes, begin, end - begin).asReadOnlyBuffer();
    }

    protected final int begin(int index) {
        Objects.checkIndex(index, count());
        return boundaries[index];
    }

    protected final int end(int index) {
        return boundaries[index + 1];
    }

    public final int checksum() {
        return checksum;
    }

    @Override
    public final int count() {
        return boundaries.length - 1;
    }

    @Override
    public final int sizeBytes() {
        return OBJECTS_BYTES + bytes.length + boundaries.length * Integer.BYTES;
    }

    @Override
    public final int entryBytes(int index) {
        int begin = begin(index);
        return end(index) - begin;
    }

    protected final byte[] copy(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    protected final boolean equal(int from, int length, byte[] other) {
        return length == other.length && Arrays.equals(bytes, from, from + length, other, 0, length);
    }
}
