package org.seawall.serializer.protobuf;

import java.util.List;
import java.util.Map;
import org.seawall.Entry;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.BatchEncoder;
import org.seawall.serializer.common.Utf8;
import org.seawall.serializer.common.WireOutput;

/** Encodes the fields {@code entries}. For one batch. */
final class ProtobufBatchEncoder extends BatchEncoder<ProtobufOutput, ProtobufEncodedBatch> {
    /** The lengths of the entries, which stand before them. */
    private int[] lengths;

    private long size;

    ProtobufBatchEncoder(List<Entry> entries, long defaultTimestampMillis) {
        super(entries, defaultTimestampMillis);
    }

    @Override
    protected int sizeAround(int count) {
        lengths = new int[count];
        return 0;
    }

    @Override
    protected long measure(int index, Entry entry) {
        size = Tags.BYTES + 1;
        size += ProtobufOutput.sizeOfField(utf8Length(entry.id(), "id", ""));
        size += ProtobufOutput.sizeOfNumber(timestampMillis(entry));
        size += ProtobufOutput.sizeOfNumber(entry.expiresAtMillis());
        size += ProtobufOutput.sizeOfField((long) entry.vector().length * Float.BYTES);
        entry.metadata().forEach(this::measurePair);
        size += ProtobufOutput.sizeOfField(entry.payload().length);
        // if it is more than fits, so is the batch, which is refused before the length is written
        lengths[index] = (int) size;
        return ProtobufOutput.sizeOfMember(size);
    }

    private void measurePair(String name, Object value) {
        long length = ProtobufOutput.sizeOfField(utf8Length(name, "metadata name", name));
        if (value instanceof String text) {
            length += ProtobufOutput.sizeOfMember(utf8Length(text, "metadata value", name));
        } else {
            length += sizeOfScalar(value);
        }
        size += ProtobufOutput.sizeOfMember(length);
    }

    private static int sizeOfScalar(Object value) {
        if (value instanceof Long number) {
            return Tags.BYTES + WireOutput.sizeOfVarint(WireOutput.zigZag(number));
        }
        return Tags.BYTES + (value instanceof Double ? Double.BYTES : 1);
    }

    @Override
    protected ProtobufOutput begin(int bytes, int count) {
        return new ProtobufOutput(bytes);
    }

    @Override
    protected void write(int index, Entry entry, ProtobufOutput output) {
        output.writeMember(Tags.Batch.ENTRIES, lengths[index]);
        output.writeNumber(Tags.Entry.OPERATION, EntryReader.number(entry.operation()));
        output.writeText(Tags.Entry.ID, entry.id(), Utf8.length(entry.id()));
        output.writeNumber(Tags.Entry.TIMESTAMP_MILLIS, timestampMillis(entry));
        output.writeNumber(Tags.Entry.EXPIRES_AT_MILLIS, entry.expiresAtMillis());
        writeVector(entry.vector(), output);
        writeMetadata(entry.metadata(), output);
        output.writeBytes(Tags.Entry.PAYLOAD, entry.payload());
    }

    @Override
    protected ProtobufEncodedBatch end(ProtobufOutput output, int[] boundaries) {
        byte[] bytes = output.bytes();
        return new ProtobufEncodedBatch(bytes, boundaries, BatchChecksum.of(bytes, 0, bytes.length));
    }

    private static void writeVector(float[] vector, ProtobufOutput output) {
        if (vector.length > 0) {
            output.writeMember(Tags.Entry.VECTOR, vector.length * Float.BYTES);
            output.writeFloats(vector);
        }
    }

    private static void writeMetadata(Map<String, Object> metadata, ProtobufOutput output) {
        if (!metadata.isEmpty()) {
            metadata.forEach((name, value) -> writePair(name, value, output));
        }
    }

    private static void writePair(String name, Object value, ProtobufOutput output) {
        int nameLength = Utf8.length(name);
        long length = ProtobufOutput.sizeOfField(nameLength);
        if (value instanceof String text) {
            int textLength = Utf8.length(text);
            output.writeMember(Tags.Entry.METADATA, (int) (length + ProtobufOutput.sizeOfMember(textLength)));
            output.writeText(Tags.Metadata.NAME, name, nameLength);
            output.writeMember(Tags.Metadata.TEXT, textLength);
            output.writeUtf8(text, textLength);
        } else {
            output.writeMember(Tags.Entry.METADATA, (int) length + sizeOfScalar(value));
            output.writeText(Tags.Metadata.NAME, name, nameLength);
            writeScalar(value, output);
        }
    }

    private static void writeScalar(Object value, ProtobufOutput output) {
        if (value instanceof Long number) {
            output.writeByte(Tags.Metadata.INTEGER);
            output.writeVarint(WireOutput.zigZag(number));
        } else if (value instanceof Double number) {
            output.writeByte(Tags.Metadata.REAL);
            output.writeDouble(number);
        } else {
            output.writeByte(Tags.Metadata.FLAG);
            output.writeBoolean((Boolean) value);
        }
    }
}
