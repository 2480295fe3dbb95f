package org.seawall.serializer.avro;

import java.util.List;
import java.util.Map;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.SerializationException;

/** Encodes entries: measures them all, allocates once, writes once. For one batch. */
final class BatchEncoder {
    private final List<Entry> entries;
    private final long defaultTimestampMillis;
    private int current;
    private long size;

    BatchEncoder(List<Entry> entries, long defaultTimestampMillis) {
        this.entries = List.copyOf(entries);
        this.defaultTimestampMillis = defaultTimestampMillis;
    }

    AvroEncodedBatch encode(int maxBytes) {
        if (entries.isEmpty()) {
            throw new SerializationException("empty batch, expected at least one entry");
        }
        if (defaultTimestampMillis < 0) {
            throw new SerializationException("negative time, defaultTimestampMillis=" + defaultTimestampMillis);
        }
        measure();
        if (size > maxBytes) {
            throw new SerializationException(
                    "batch over the limit, bytes=" + size + ", limit=" + maxBytes + ", entries=" + entries.size());
        }
        int[] boundaries = new int[entries.size() + 1];
        byte[] bytes = write(boundaries);
        return new AvroEncodedBatch(bytes, boundaries, BatchChecksum.of(bytes, 0, bytes.length));
    }

    private void measure() {
        size = AvroOutput.sizeOf(entries.size()) + 1L;
        for (current = 0; current < entries.size(); current++) {
            Entry entry = entries.get(current);
            size += 1 + textSize(entry.id(), "id", "");
            size += AvroOutput.sizeOf(timestampMillis(entry));
            size += entry.expiresAtMillis() == 0 ? 1 : 1 + AvroOutput.sizeOf(entry.expiresAtMillis());
            size += arraySize(entry.vector().length) + (long) entry.vector().length * Float.BYTES;
            size += arraySize(entry.metadata().size());
            entry.metadata().forEach(this::measurePair);
            size += AvroOutput.sizeWithLength(entry.payload().length);
        }
    }

    private long timestampMillis(Entry entry) {
        return entry.timestampMillis() == 0 ? defaultTimestampMillis : entry.timestampMillis();
    }

    /** The counts around the elements: none but the end for an empty array. */
    private static int arraySize(int count) {
        return count == 0 ? 1 : AvroOutput.sizeOf(count) + 1;
    }

    private void measurePair(String name, Object value) {
        size += textSize(name, "metadata name", name) + 1;
        if (value instanceof String text) {
            size += textSize(text, "metadata value", name);
        } else if (value instanceof Long number) {
            size += AvroOutput.sizeOf(number);
        } else {
            size += value instanceof Double ? Double.BYTES : 1;
        }
    }

    private long textSize(String text, String field, String name) {
        try {
            return AvroOutput.sizeWithLength(Utf8.length(text));
        } catch (SerializationException e) {
            throw new SerializationException(
                    "text that UTF-8 cannot hold, field=" + field + ", name=" + name + ", entry=" + current, e);
        }
    }

    private byte[] write(int[] boundaries) {
        AvroOutput output = new AvroOutput((int) size);
        output.writeLong(entries.size());
        for (current = 0; current < entries.size(); current++) {
            boundaries[current] = output.position();
            writeEntry(entries.get(current), output);
        }
        boundaries[current] = output.position();
        output.writeLong(0);
        return output.bytes();
    }

    private void writeEntry(Entry entry, AvroOutput output) {
        output.writeLong(entry.operation() == Operation.PUT ? 0 : 1);
        output.writeText(entry.id());
        output.writeLong(timestampMillis(entry));
        if (entry.expiresAtMillis() == 0) {
            output.writeLong(0);
        } else {
            output.writeLong(1);
            output.writeLong(entry.expiresAtMillis());
        }
        writeVector(entry.vector(), output);
        writeMetadata(entry.metadata(), output);
        output.writeBytes(entry.payload());
    }

    private void writeVector(float[] vector, AvroOutput output) {
        if (vector.length > 0) {
            output.writeLong(vector.length);
            int begin = output.position();
            output.writeFloats(vector);
            checkFinite(output.bytes(), begin, vector.length);
        }
        output.writeLong(0);
    }

    /**
     * Checks the copy, since the caller's array may have been changed after the entry checked it, and a batch that is
     * acknowledged but cannot be read back would be the end of its log.
     */
    private void checkFinite(byte[] bytes, int begin, int count) {
        try {
            Floats.checkFinite(bytes, begin, count);
        } catch (MalformedException e) {
            throw new SerializationException(
                    "component is not finite, value=" + e.actual() + ", field=vector, entry=" + current, e);
        }
    }

    private static void writeMetadata(Map<String, Object> metadata, AvroOutput output) {
        if (!metadata.isEmpty()) {
            output.writeLong(metadata.size());
            metadata.forEach((name, value) -> {
                output.writeText(name);
                writeValue(value, output);
            });
        }
        output.writeLong(0);
    }

    private static void writeValue(Object value, AvroOutput output) {
        if (value instanceof String text) {
            output.writeLong(EntryReader.STRING);
            output.writeText(text);
        } else if (value instanceof Long number) {
            output.writeLong(EntryReader.LONG);
            output.writeLong(number);
        } else if (value instanceof Double number) {
            output.writeLong(EntryReader.DOUBLE);
            output.writeDouble(number);
        } else {
            output.writeLong(EntryReader.BOOLEAN);
            output.writeBoolean((Boolean) value);
        }
    }
}
