package org.seawall.serializer.avro;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seawall.SerializationException;
import org.seawall.spi.serializer.SegmentHeader;

/** The first bytes of a file: magic, metadata, and the sync marker, which is their checksum. */
final class HeaderWriter {
    private HeaderWriter() {}

    static byte[] bytes(SegmentHeader header) {
        Map<String, String> fields = fields(header);
        long size = HeaderFields.MAGIC.length + AvroOutput.sizeOf(fields.size()) + 1L + HeaderFields.MARKER_BYTES;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            size += AvroOutput.sizeWithLength(field.getKey().length()) + AvroOutput.sizeWithLength(length(field));
        }
        if (size > HeaderFields.MAX_HEADER_BYTES) {
            throw new SerializationException(
                    "segment header over the limit, bytes=" + size + ", limit=" + HeaderFields.MAX_HEADER_BYTES);
        }
        AvroOutput output = new AvroOutput((int) size);
        output.writeRaw(HeaderFields.MAGIC);
        output.writeLong(fields.size());
        fields.forEach((name, value) -> {
            output.writeText(name);
            output.writeText(value);
        });
        output.writeLong(0);
        output.writeRaw(marker(output.bytes(), output.position()));
        return output.bytes();
    }

    /** The sync marker of a file: the first 16 bytes of SHA-256 over all that stands before it. */
    static byte[] marker(byte[] bytes, int length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, length);
            return Arrays.copyOf(sha256.digest(), HeaderFields.MARKER_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256, which every Java platform has to have", e);
        }
    }

    private static Map<String, String> fields(SegmentHeader header) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(HeaderFields.SCHEMA, SegmentSchema.TEXT);
        fields.put(HeaderFields.CODEC, "null");
        fields.put(HeaderFields.FORMAT, Integer.toString(SegmentSchema.VERSION));
        fields.put(HeaderFields.COLLECTION, header.collection());
        fields.put(HeaderFields.SEGMENT, Long.toString(header.segment()));
        fields.put(HeaderFields.EPOCH, Long.toString(header.epoch()));
        fields.put(HeaderFields.FIRST_SEQUENCE, Long.toString(header.firstSequence()));
        fields.put(HeaderFields.PREDECESSOR, header.predecessor());
        fields.put(HeaderFields.PREDECESSOR_CHAIN, BatchChecksum.hex(header.predecessorChain()));
        fields.put(HeaderFields.SUCCESSOR, header.successor());
        fields.put(HeaderFields.SNAPSHOT_SEQUENCE, Long.toString(header.snapshotSequence()));
        fields.put(HeaderFields.CREATED, Long.toString(header.createdMillis()));
        return fields;
    }

    private static int length(Map.Entry<String, String> field) {
        try {
            return Utf8.length(field.getValue());
        } catch (SerializationException e) {
            throw new SerializationException("text that UTF-8 cannot hold, field=" + field.getKey(), e);
        }
    }
}
