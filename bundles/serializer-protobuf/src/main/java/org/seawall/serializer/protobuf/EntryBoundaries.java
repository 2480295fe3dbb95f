package org.seawall.serializer.protobuf;

import static org.seawall.serializer.common.EntryRules.check;

import org.seawall.serializer.common.EntryRules;
import org.seawall.serializer.common.Floats;

/**
 * Walks over the encoded entries of a batch without making objects. What it lets pass can be read as entries without any
 * further check; anything else throws {@link org.seawall.serializer.common.MalformedException}.
 */
final class EntryBoundaries {
    private final byte[] bytes;
    private final ProtobufInput input;

    private EntryBoundaries(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.input = new ProtobufInput(bytes, from, to);
    }

    /** Where each entry begins, then where the last one ends. */
    static int[] of(byte[] bytes, int from, EntryFields entries) {
        return new EntryBoundaries(bytes, from, entries.end()).walk(entries.count());
    }

    private int[] walk(int count) {
        check(count > 0, "no entry", count);
        int[] boundaries = new int[count + 1];
        for (int i = 0; i < count; i++) {
            boundaries[i] = input.position();
            entry();
        }
        boundaries[count] = input.position();
        return boundaries;
    }

    private void entry() {
        input.expect(Tags.Batch.ENTRIES);
        int batch = input.enter(input.readLength());
        long operation = input.readNumber(Tags.Entry.OPERATION);
        check(operation == EntryReader.PUT || operation == EntryReader.DELETE, "unknown operation", operation);
        int idBytes = text(input.readLength(Tags.Entry.ID));
        times();
        int dimension = vector();
        int pairs = metadata();
        int payloadBytes = input.readLength(Tags.Entry.PAYLOAD);
        input.skip(payloadBytes);
        input.expectEnd();
        input.leave(batch);
        EntryRules.checkShape(operation == EntryReader.DELETE, idBytes, dimension, pairs | payloadBytes);
    }

    private void times() {
        long timestamp = input.readNumber(Tags.Entry.TIMESTAMP_MILLIS);
        check(timestamp >= 0, "negative timestamp", timestamp);
        long expiresAt = input.readNumber(Tags.Entry.EXPIRES_AT_MILLIS);
        check(expiresAt >= 0, "negative expiry", expiresAt);
    }

    private int vector() {
        int length = input.readLength(Tags.Entry.VECTOR);
        check(length % Float.BYTES == 0, "vector cut off inside a component", length);
        int dimension = length / Float.BYTES;
        EntryRules.checkDimension(dimension);
        Floats.checkFinite(bytes, input.position(), dimension);
        input.skip(length);
        return dimension;
    }

    private int metadata() {
        int pairs = 0;
        while (input.readIf(Tags.Entry.METADATA)) {
            int entry = input.enter(input.readLength());
            int nameBytes = text(input.readLength(Tags.Metadata.NAME));
            check(nameBytes > 0, "empty metadata name", nameBytes);
            value();
            input.expectEnd();
            input.leave(entry);
            pairs++;
        }
        return pairs;
    }

    private void value() {
        if (input.readIf(Tags.Metadata.TEXT)) {
            text(input.readLength());
        } else if (input.readIf(Tags.Metadata.INTEGER)) {
            input.readZigZag();
        } else if (input.readIf(Tags.Metadata.REAL)) {
            input.skip(Double.BYTES);
        } else {
            check(input.readIf(Tags.Metadata.FLAG), "metadata without a value", input.left());
            input.readBoolean();
        }
    }

    private int text(int length) {
        input.checkText(length);
        input.skip(length);
        return length;
    }
}
