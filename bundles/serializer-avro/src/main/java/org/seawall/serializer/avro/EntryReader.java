package org.seawall.serializer.avro;

import java.util.Map;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.DecodedMetadata;
import org.seawall.serializer.common.Floats;

/** Makes an object of an encoded entry that {@link EntryBoundaries} found valid. */
final class EntryReader {
    static final int STRING = 0;
    static final int LONG = 1;
    static final int DOUBLE = 2;
    static final int BOOLEAN = 3;

    private final byte[] bytes;
    private final AvroInput input;

    EntryReader(byte[] bytes, AvroInput input) {
        this.bytes = bytes;
        this.input = input;
    }

    Entry read() {
        Operation operation = operation(input);
        String id = input.readText();
        long timestampMillis = input.readLong();
        long expiresAtMillis = expiresAtMillis(input);
        float[] vector = vector();
        Map<String, Object> metadata = metadata();
        byte[] payload = payload();
        return new Entry(operation, id, vector, metadata, payload, timestampMillis, expiresAtMillis);
    }

    static Operation operation(AvroInput input) {
        return input.readLong() == 0 ? Operation.PUT : Operation.DELETE;
    }

    static long expiresAtMillis(AvroInput input) {
        return input.readLong() == 0 ? 0 : input.readLong();
    }

    private float[] vector() {
        float[] vector = new float[(int) input.readLong()];
        Floats.copy(bytes, input.position(), vector.length, vector);
        input.skip(vector.length * Float.BYTES);
        if (vector.length > 0) {
            input.readEnd();
        }
        return vector;
    }

    private Map<String, Object> metadata() {
        long count = input.readLong();
        if (count == 0) {
            return Map.of();
        }
        DecodedMetadata metadata = new DecodedMetadata();
        for (long i = 0; i < count; i++) {
            String name = input.readText();
            metadata.add(name, value());
        }
        input.readEnd();
        return metadata;
    }

    private Object value() {
        return switch ((int) input.readLong()) {
            case STRING -> input.readText();
            case LONG -> input.readLong();
            case DOUBLE -> input.readDouble();
            default -> input.readBoolean();
        };
    }

    private byte[] payload() {
        byte[] payload = new byte[input.readLength()];
        System.arraycopy(bytes, input.position(), payload, 0, payload.length);
        return payload;
    }
}
