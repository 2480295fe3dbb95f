package org.seawall.serializer.avro;

import java.nio.ByteBuffer;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.EncodedEntries;
import org.seawall.serializer.common.Floats;

/** Entries as they stand in a file, known to be valid, and where each begins. */
final class AvroEncodedBatch extends EncodedEntries {

    /**
     * Takes the arrays as they are.
     *
     * @param bytes hold the field {@code entries}, perhaps among others
     * @param boundaries where each entry begins, then where the last one ends
     * @param checksum CRC-32C of the field
     */
    AvroEncodedBatch(byte[] bytes, int[] boundaries, int checksum) {
        super(bytes, boundaries, checksum);
    }

    /** The whole field: count, entries, zero. */
    ByteBuffer field() {
        return slice(AvroOutput.sizeOf(count()), 1);
    }

    @Override
    public Operation operation(int index) {
        return EntryReader.operation(at(index));
    }

    @Override
    public byte[] id(int index) {
        AvroInput input = atId(index);
        int length = input.readLength();
        return copy(input.position(), length);
    }

    @Override
    public boolean idEquals(int index, byte[] utf8) {
        AvroInput input = atId(index);
        int length = input.readLength();
        return equal(input.position(), length, utf8);
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
        int begin = begin(index);
        return new AvroInput(bytes, begin, end(index));
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
