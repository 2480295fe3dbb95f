package org.seawall.serializer.avro;

import java.util.List;
import java.util.Map;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.BatchEncoder;

/** Encodes the field {@code entries}. For one batch. */
final class AvroBatchEncoder extends BatchEncoder<AvroOutput, AvroEncodedBatch> {
    private long size;

    AvroBatchEncoder(List<Entry> entries, long defaultTimestampMillis) {
        super(entries, defaultTimestampMillis);
    }

    @Override
    protected int sizeAround(int count) {
        return arraySize(count);
    }

    @Override
    protected long measure(int index, Entry entry) {
        size = 1 + textSize(entry.id(), "id", "");
        size += AvroOutput.sizeOf(timestampMillis(entry));
        size += entry.expiresAtMillis() == 0 ? 1 : 1 + AvroOutput.sizeOf(entry.expiresAtMillis());
        size += arraySize(entry.vector().length) + (long) entry.vector().length * Float.BYTES;
        size += arraySize(entry.metadata().size());
        entry.metadata().forEach(this::measurePair);
        size += AvroOutput.sizeWithLength(entry.payload().length);
        return size;
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
        return AvroOutput.sizeWithLength(utf8Length(text, field, name));
    }

    @Override
    protected AvroOutput begin(int bytes, int count) {
        AvroOutput output = new AvroOutput(bytes);
        output.writeLong(count);
        return output;
    }

    @Override
    protected void write(int index, Entry entry, AvroOutput output) {
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

    @Override
    protected AvroEncodedBatch end(AvroOutput output, int[] boundaries) {
        output.writeLong(0);
        byte[] bytes = output.bytes();
        return new AvroEncodedBatch(bytes, boundaries, BatchChecksum.of(bytes, 0, bytes.length));
    }

    private static void writeVector(float[] vector, AvroOutput output) {
        if (vector.length > 0) {
            output.writeLong(vector.length);
            output.writeFloats(vector);
        }
        output.writeLong(0);
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
