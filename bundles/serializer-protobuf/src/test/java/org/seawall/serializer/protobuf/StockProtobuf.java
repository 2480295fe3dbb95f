package org.seawall.serializer.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.SegmentHeader;

/** The oracle: the same messages by the protobuf library and nothing of ours but the schema. */
final class StockProtobuf {
    static final FileDescriptor SCHEMA = SchemaFile.descriptor();
    static final Descriptor SEGMENT = SCHEMA.findMessageTypeByName("Segment");
    static final Descriptor HEADER = SCHEMA.findMessageTypeByName("Header");
    static final Descriptor BATCH = SCHEMA.findMessageTypeByName("Batch");
    static final Descriptor ENTRY = SCHEMA.findMessageTypeByName("Entry");
    static final Descriptor METADATA = SCHEMA.findMessageTypeByName("MetadataField");
    private static final EnumDescriptor OPERATION = SCHEMA.findEnumTypeByName("Operation");

    private StockProtobuf() {}

    static DynamicMessage.Builder entry(Entry entry) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(ENTRY);
        set(message, "operation", OPERATION.findValueByName("OPERATION_" + entry.operation()));
        set(message, "id", entry.id());
        set(message, "timestamp_millis", entry.timestampMillis());
        set(message, "expires_at_millis", entry.expiresAtMillis());
        for (float component : entry.vector()) {
            add(message, "vector", component);
        }
        entry.metadata().forEach((name, value) -> add(message, "metadata", metadata(name, value)));
        return set(message, "payload", ByteString.copyFrom(entry.payload()));
    }

    static List<Message> entries(List<Entry> entries) {
        List<Message> messages = new ArrayList<>();
        entries.forEach(entry -> messages.add(entry(entry).build()));
        return messages;
    }

    private static Message metadata(String name, Object value) {
        String member = value instanceof String
                ? "text"
                : value instanceof Long ? "integer" : value instanceof Double ? "real" : "flag";
        return set(set(DynamicMessage.newBuilder(METADATA), "name", name), member, value)
                .build();
    }

    static Entry entry(Message message) {
        List<?> components = (List<?>) get(message, "vector");
        float[] vector = new float[components.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (Float) components.get(i);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (Object pair : (List<?>) get(message, "metadata")) {
            Message field = (Message) pair;
            FieldDescriptor member =
                    field.getOneofFieldDescriptor(METADATA.getOneofs().get(0));
            metadata.put((String) get(field, "name"), field.getField(member));
        }
        return new Entry(
                Operation.valueOf(get(message, "operation").toString().replace("OPERATION_", "")),
                (String) get(message, "id"),
                vector,
                metadata,
                ((ByteString) get(message, "payload")).toByteArray(),
                (Long) get(message, "timestamp_millis"),
                (Long) get(message, "expires_at_millis"));
    }

    /** A batch with its checksum by the rule of segment.proto. */
    static Message batch(BatchHeader header, List<Message> entries) {
        DynamicMessage.Builder batch = DynamicMessage.newBuilder(BATCH);
        entries.forEach(entry -> add(batch, "entries", entry));
        set(batch, "first_sequence", header.firstSequence());
        set(batch, "epoch", header.epoch());
        set(batch, "writer", header.writer());
        set(batch, "durable_sequence", header.durableSequence());
        set(batch, "written_millis", header.writtenMillis());
        return set(batch, "crc32c", checksum(batch.build())).build();
    }

    /** The checksum by the rule, of a batch with or without one. */
    static int checksum(Message batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.toBuilder()
                .clearField(BATCH.findFieldByName("crc32c"))
                .build()
                .toByteArray());
        return (int) crc.getValue();
    }

    static Message header(SegmentHeader header) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(HEADER);
        set(message, "format", 2);
        set(message, "collection", header.collection());
        set(message, "segment", header.segment());
        set(message, "epoch", header.epoch());
        set(message, "first_sequence", header.firstSequence());
        set(message, "predecessor", header.predecessor());
        set(message, "predecessor_chain", header.predecessorChain());
        set(message, "successor", header.successor());
        set(message, "created_millis", header.createdMillis());
        header.covers().ifPresent(covers -> {
            set(message, "snapshot_sequence", covers.lastSequence());
            set(message, "first_segment", covers.firstSegment());
            set(message, "first_chain", covers.firstChain());
            set(message, "entries", covers.entries());
        });
        return message.build();
    }

    /** What stands in a file before the first batch. */
    static byte[] firstPiece(SegmentHeader header, byte[] marker) {
        DynamicMessage.Builder piece = DynamicMessage.newBuilder(SEGMENT);
        set(piece, "magic", "seawall");
        set(piece, "header", header(header));
        return add(piece, "marker", ByteString.copyFrom(marker)).build().toByteArray();
    }

    /** A batch as it stands in a file. */
    static byte[] piece(Message batch, byte[] marker) {
        DynamicMessage.Builder piece = DynamicMessage.newBuilder(SEGMENT);
        add(piece, "batch", batch);
        return add(piece, "marker", ByteString.copyFrom(marker)).build().toByteArray();
    }

    static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    static DynamicMessage.Builder set(DynamicMessage.Builder message, String field, Object value) {
        return message.setField(message.getDescriptorForType().findFieldByName(field), value);
    }

    static DynamicMessage.Builder add(DynamicMessage.Builder message, String field, Object value) {
        return message.addRepeatedField(message.getDescriptorForType().findFieldByName(field), value);
    }
}
