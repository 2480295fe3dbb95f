package org.seawall.serializer.protobuf;

import java.util.Map;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.DecodedMetadata;
import org.seawall.serializer.common.Floats;

/** Makes an object of an encoded entry that {@link EntryBoundaries} found valid. */
final class EntryReader {
    static final int PUT = 1;
    static final int DELETE = 2;

    private final byte[] bytes;
    private final ProtobufInput input;

    /** Reads the message from where the input is to its end. */
    EntryReader(byte[] bytes, ProtobufInput input) {
        this.bytes = bytes;
        this.input = input;
    }

    static int number(Operation operation) {
        return operation == Operation.PUT ? PUT : DELETE;
    }

    static Operation operation(ProtobufInput input) {
        return input.readNumber(Tags.Entry.OPERATION) == PUT ? Operation.PUT : Operation.DELETE;
    }

    Entry read() {
        Operation operation = operation(input);
        String id = input.readUtf8(input.readLength(Tags.Entry.ID));
        long timestampMillis = input.readNumber(Tags.Entry.TIMESTAMP_MILLIS);
        long expiresAtMillis = input.readNumber(Tags.Entry.EXPIRES_AT_MILLIS);
        float[] vector = vector();
        Map<String, Object> metadata = metadata();
        byte[] payload = payload();
        return new Entry(operation, id, vector, metadata, payload, timestampMillis, expiresAtMillis);
    }

    private float[] vector() {
        int length = input.readLength(Tags.Entry.VECTOR);
        float[] vector = new float[length / Float.BYTES];
        Floats.copy(bytes, input.position(), vector.length, vector);
        input.skip(length);
        return vector;
    }

    private Map<String, Object> metadata() {
        if (!input.nextIs(Tags.Entry.METADATA)) {
            return Map.of();
        }
        DecodedMetadata metadata = new DecodedMetadata();
        while (input.readIf(Tags.Entry.METADATA)) {
            input.readLength();
            String name = input.readUtf8(input.readLength(Tags.Metadata.NAME));
            metadata.add(name, value());
        }
        return metadata;
    }

    private Object value() {
        if (input.readIf(Tags.Metadata.TEXT)) {
            return input.readUtf8(input.readLength());
        }
        if (input.readIf(Tags.Metadata.INTEGER)) {
            return input.readZigZag();
        }
        if (input.readIf(Tags.Metadata.REAL)) {
            return input.readDouble();
        }
        input.expect(Tags.Metadata.FLAG);
        return input.readBoolean();
    }

    private byte[] payload() {
        byte[] payload = new byte[input.readLength(Tags.Entry.PAYLOAD)];
        System.arraycopy(bytes, input.position(), payload, 0, payload.length);
        return payload;
    }
}
