package org.seawall.serializer.avro;

import org.seawall.Entry;

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
        check(idBytes <= Entry.MAX_ID_BYTES, "id too long", idBytes);
        times();
        int dimension = vector();
        long pairs = metadata();
        int payloadBytes = input.readLength();
        input.skip(payloadBytes);
        boolean isDelete = operation == 1;
        check(idBytes > 0 || !isDelete && dimension == 0, "empty id", idBytes);
        check(!isDelete || (dimension | pairs | payloadBytes) == 0, "delete that carries more than an id", 1);
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
        check(count >= 0 && count <= Entry.MAX_DIMENSION, "dimension out of range", count);
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
        int begin = input.position();
        input.skip(length);
        check(Utf8.isValid(bytes, begin, begin + length), "text is not UTF-8", length);
        return length;
    }

    private void check(boolean valid, String fact, long actual) {
        if (!valid) {
            throw new MalformedException(fact, "a valid entry", actual + " before " + input.position());
        }
    }
}
