package org.seawall.serializer.protobuf;

import java.nio.ByteBuffer;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.EncodedEntries;
import org.seawall.serializer.common.Floats;

/** Entries as they stand in a file, each with its tag and its length, known to be valid. */
final class ProtobufEncodedBatch extends EncodedEntries {

    /**
     * Takes the arrays as they are.
     *
     * @param bytes hold the fields {@code entries}, perhaps among others
     * @param boundaries where each entry begins, then where the last one ends
     * @param checksum CRC-32C of the fields
     */
    ProtobufEncodedBatch(byte[] bytes, int[] boundaries, int checksum) {
        super(bytes, boundaries, checksum);
    }

    /** All the fields. */
    ByteBuffer fields() {
        return slice(0, 0);
    }

    @Override
    public Operation operation(int index) {
        return EntryReader.operation(at(index));
    }

    @Override
    public byte[] id(int index) {
        ProtobufInput input = atId(index);
        int length = input.readLength(Tags.Entry.ID);
        return copy(input.position(), length);
    }

    @Override
    public boolean idEquals(int index, byte[] utf8) {
        ProtobufInput input = atId(index);
        int length = input.readLength(Tags.Entry.ID);
        return equal(input.position(), length, utf8);
    }

    @Override
    public long expiresAtMillis(int index) {
        return atExpiry(index).readNumber(Tags.Entry.EXPIRES_AT_MILLIS);
    }

    @Override
    public int dimension(int index) {
        return atVector(index).readLength(Tags.Entry.VECTOR) / Float.BYTES;
    }

    @Override
    public void vector(int index, float[] target) {
        ProtobufInput input = atVector(index);
        int length = input.readLength(Tags.Entry.VECTOR);
        Floats.copy(bytes, input.position(), length / Float.BYTES, target);
    }

    @Override
    public Entry entry(int index) {
        return new EntryReader(bytes, at(index)).read();
    }

    private ProtobufInput at(int index) {
        int begin = begin(index) + Tags.BYTES;
        ProtobufInput input = new ProtobufInput(bytes, begin, end(index));
        input.readLength();
        return input;
    }

    private ProtobufInput atId(int index) {
        ProtobufInput input = at(index);
        input.readNumber(Tags.Entry.OPERATION);
        return input;
    }

    private ProtobufInput atExpiry(int index) {
        ProtobufInput input = atId(index);
        input.skip(input.readLength(Tags.Entry.ID));
        input.readNumber(Tags.Entry.TIMESTAMP_MILLIS);
        return input;
    }

    private ProtobufInput atVector(int index) {
        ProtobufInput input = atExpiry(index);
        input.readNumber(Tags.Entry.EXPIRES_AT_MILLIS);
        return input;
    }
}
