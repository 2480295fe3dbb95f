package org.seawall.serializer.avro;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/** Entries as they stand in a file, known to be valid, and where each begins. */
final class AvroEncodedBatch implements EncodedBatch {
    /** This object and the headers of its two arrays. */
    private static final int OBJECTS_BYTES = 24 + 16 + 16;

    private final byte[] bytes;
    private final int[] boundaries;
    private final int checksum;

    /**
     * Takes the arrays as they are.
     *
     * @param bytes hold the field {@code entries}, perhaps among others
     * @param boundaries where each entry begins, then where the last one ends
     * @param checksum CRC-32C of the field
     */
    AvroEncodedBatch(byte[] bytes, int[] boundaries, int checksum) {
        this.bytes = bytes;
        this.boundaries = boundaries;
        this.checksum = checksum;
    }

    /** The whole field: count, entries, zero. */
    ByteBuffer field() {
        int begin = boundaries[0] - AvroOutput.sizeOf(count());
        int end = boundaries[count()] + 1;
        return ByteBuffer.wrap(bytes, begin, end - begin).slice().asReadOnlyBuffer();
    }

    int checksum() {
        return checksum;
    }

    @Override
    public int count() {
        return boundaries.length - 1;
    }

    @Override
    public int sizeBytes() {
        return OBJECTS_BYTES + bytes.length + boundaries.length * Integer.BYTES;
    }

    @Override
    public int entryBytes(int index) {
        Objects.checkIndex(index, count());
        return boundaries[index + 1] - boundaries[index];
    }

    @Override
    public Operation operation(int index) {
        return EntryReader.operation(at(index));
    }

    @Override
    public byte[] id(int index) {
        AvroInput input = atId(index);
        int length = input.readLength();
        return Arrays.copyOfRange(bytes, input.position(), input.position() + length);
    }

    @Override
    public boolean idEquals(int index, byte[] utf8) {
        AvroInput input = atId(index);
        int length = input.readLength();
        return length == utf8.length
                && Arrays.equals(bytes, input.position(), input.position() + length, utf8, 0, length);
    }

    @Override
    public long expiresAtMillis(int index) {
        return EntryReader.expiresAtMillis(atExpiry(index));
    }

    @Override
    public int dimension(int index) {
        return (int) atVector(index).readLong();
    }

    @Override
    public void vector(int index, float[] target) {
        AvroInput input = atVector(index);
        int dimension = (int) input.readLong();
        Floats.copy(bytes, input.position(), dimension, target);
    }

    @Override
    public Entry entry(int index) {
        return new EntryReader(bytes, at(index)).read();
    }

    private AvroInput at(int index) {
        Objects.checkIndex(index, count());
        return new AvroInput(bytes, boundaries[index], boundaries[index + 1]);
    }

    private AvroInput atId(int index) {
        AvroInput input = at(index);
        input.skip(1);
        return input;
    }

    private AvroInput atExpiry(int index) {
        AvroInput input = atId(index);
        input.skip(input.readLength());
        input.readLong();
        return input;
    }

    private AvroInput atVector(int index) {
        AvroInput input = atExpiry(index);
        EntryReader.expiresAtMillis(input);
        return input;
    }
}
