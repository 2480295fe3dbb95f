package org.seawall.serializer.avro;

import static org.seawall.serializer.common.EntryRules.check;

import org.seawall.serializer.common.EntryRules;
import org.seawall.serializer.common.Floats;

/**
 * Walks over an encoded field {@code entries} without making objects. What it lets pass can be read as entries without any
 * further check; anything else throws {@link MalformedException}.
 */
final class EntryBoundaries {
    /** An entry has seven fields, each of at least one byte. */
    private static final int MIN_ENTRY_BYTES = 7;

    private final byte[] bytes;
    private final AvroInput input;

    private EntryBoundaries(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.input = new AvroInput(bytes, from, to);
    }

    /** Where each entry begins, then where the last one ends. */
    static int[] of(byte[] bytes, int from, int to) {
        return new EntryBoundaries(bytes, from, to).walk();
    }

    private int[] walk() {
        long count = input.readLong();
        check(count >= 1 && count <= input.left() / MIN_ENTRY_BYTES, "number of entries out of range", count);
        int[] boundaries = new int[(int) count + 1];
        for (int i = 0; i < count; i++) {
            boundaries[i] = input.position();
            entry();
        }
        boundaries[(int) count] = input.position();
        input.readEnd();
        check(input.left() == 0, "bytes behind the entries", input.left());
        return boundaries;
    }

    private void entry() {
        long operation = input.readLong();
        check(operation == 0 || operation == 1, "unknown operation", operation);
        int idBytes = text();
        times();
        int dimension = vector();
        long pairs = metadata();
        int payloadBytes = input.readLength();
        input.skip(payloadBytes);
        EntryRules.checkShape(operation == 1, idBytes, dimension, pairs | payloadBytes);
    }

    private void times() {
        long timestamp = input.readLong();
        check(timestamp >= 0, "negative timestamp", timestamp);
        long branch = input.readLong();
        check(branch == 0 || branch == 1, "unknown branch of expiresAt", branch);
        if (branch == 1) {
            long expiresAt = input.readLong();
            check(expiresAt > 0, "expiry out of range", expiresAt);
        }
    }

    private int vector() {
        long count = input.readLong();
        EntryRules.checkDimension(count);
        if (count > 0) {
            int begin = input.position();
            input.skip((int) count * Float.BYTES);
            Floats.checkFinite(bytes, begin, (int) count);
            input.readEnd();
        }
        return (int) count;
    }

    private long metadata() {
        long count = input.readLong();
        check(count >= 0, "number of metadata out of range", count);
        for (long i = 0; i < count; i++) {
            int nameBytes = text();
            check(nameBytes > 0, "empty metadata name", nameBytes);
            value();
        }
        if (count > 0) {
            input.readEnd();
        }
        return count;
    }

    private void value() {
        long branch = input.readLong();
        check(branch >= EntryReader.STRING && branch <= EntryReader.BOOLEAN, "unknown branch of metadata", branch);
        switch ((int) branch) {
            case EntryReader.STRING -> text();
            case EntryReader.LONG -> input.readLong();
            case EntryReader.DOUBLE -> input.skip(Double.BYTES);
            default -> input.readBoolean();
        }
    }

    private int text() {
        int length = input.readLength();
        input.checkText(length);
        input.skip(length);
        return length;
    }
}
