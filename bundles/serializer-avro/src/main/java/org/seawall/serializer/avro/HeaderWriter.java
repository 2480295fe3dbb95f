package org.seawall.serializer.avro;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seawall.SerializationException;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.serializer.common.Utf8;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/** The first bytes of a file: magic, metadata, and the sync marker, which is their checksum. */
final class HeaderWriter {
    private HeaderWriter() {}

    static byte[] bytes(SegmentHeader header, FormatVersion version) {
        Map<String, String> fields = fields(header, version);
        long size = HeaderFields.MAGIC.length + AvroOutput.sizeOf(fields.size()) + 1L + SegmentMarker.BYTES;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            size += AvroOutput.sizeWithLength(field.getKey().length())
                    + AvroOutput.sizeWithLength(Utf8.length(field.getValue(), field.getKey()));
        }
        if (size > SegmentMarker.MAX_HEADER_BYTES) {
            throw new SerializationException(
                    "segment header over the limit, bytes=" + size + ", limit=" + SegmentMarker.MAX_HEADER_BYTES);
        }
        AvroOutput output = new AvroOutput((int) size);
        output.writeRaw(HeaderFields.MAGIC);
        output.writeLong(fields.size());
        fields.forEach((name, value) -> {
            output.writeText(name);
            output.writeText(value);
        });
        output.writeLong(0);
        output.writeRaw(SegmentMarker.of(output.bytes(), output.position()));
        return output.bytes();
    }

    private static Map<String, String> fields(SegmentHeader header, FormatVersion version) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(HeaderFields.SCHEMA, SegmentSchema.text(version));
        fields.put(HeaderFields.CODEC, "null");
        fields.put(HeaderFields.FORMAT, Integer.toString(version.number()));
        fields.put(HeaderFields.COLLECTION, header.collection());
        fields.put(HeaderFields.SEGMENT, Long.toString(header.segment()));
        fields.put(HeaderFields.EPOCH, Long.toString(header.epoch()));
        fields.put(HeaderFields.FIRST_SEQUENCE, Long.toString(header.firstSequence()));
        fields.put(HeaderFields.PREDECESSOR, header.predecessor());
        fields.put(HeaderFields.PREDECESSOR_CHAIN, BatchChecksum.hex(header.predecessorChain()));
        fields.put(HeaderFields.SUCCESSOR, header.successor());
        putCoverage(fields, header.covers(), version);
        fields.put(HeaderFields.CREATED, Long.toString(header.createdMillis()));
        return fields;
    }

    private static void putCoverage(Map<String, String> fields, Optional<Coverage> covers, FormatVersion version) {
        long sequence = covers.map(Coverage::lastSequence).orElse(0L);
        if (version == FormatVersion.V1) {
            fields.put(HeaderFields.SNAPSHOT_SEQUENCE, Long.toString(sequence));
            return;
        }
        fields.put(
                HeaderFields.COVERS_SEGMENT,
                Long.toString(covers.map(Coverage::firstSegment).orElse(0L)));
        fields.put(
                HeaderFields.COVERS_CHAIN,
                BatchChecksum.hex(covers.map(Coverage::firstChain).orElse(0)));
        fields.put(HeaderFields.COVERS_SEQUENCE, Long.toString(sequence));
        fields.put(
                HeaderFields.COVERS_ENTRIES,
                Long.toString(covers.map(Coverage::entries).orElse(0L)));
        if (!version.before(FormatVersion.V3)) {
            fields.put(
                    HeaderFields.COVERS_FLUSHED,
                    Long.toString(covers.map(Coverage::flushed).orElse(0L)));
        }
    }
}
