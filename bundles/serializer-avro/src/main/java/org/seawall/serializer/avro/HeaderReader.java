package org.seawall.serializer.avro;

import java.util.Map;
import java.util.Optional;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.SegmentStart;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/** Reads the header of a file that calls itself a segment. For one file. */
final class HeaderReader {
    private final SegmentStart start;

    HeaderReader(SegmentStart start) {
        this.start = start;
    }

    AvroSegmentFormat read(int maxBatchBytes) {
        HeaderMap map = map();
        start.checkMarker(map.end());
        FormatVersion version = start.version(number(map.fields(), HeaderFields.FORMAT, 10));
        if (!text(map.fields(), HeaderFields.SCHEMA).equals(SegmentSchema.text(version))) {
            String expected = "the schema of format " + version.number();
            throw start.corrupt("segment schema mismatch", expected, "another schema", 0);
        }
        SegmentHeader header = header(map.fields(), version);
        byte[] bytes = start.canonical(header, version, values -> HeaderWriter.bytes(values, version));
        return new AvroSegmentFormat(header, bytes, version, maxBatchBytes);
    }

    private HeaderMap map() {
        try {
            return HeaderMap.read(start.bytes());
        } catch (MalformedException e) {
            throw start.notReadable(e);
        }
    }

    private SegmentHeader header(Map<String, String> fields, FormatVersion version) {
        return new SegmentHeader(
                text(fields, HeaderFields.COLLECTION),
                number(fields, HeaderFields.SEGMENT, 10),
                number(fields, HeaderFields.EPOCH, 10),
                number(fields, HeaderFields.FIRST_SEQUENCE, 10),
                text(fields, HeaderFields.PREDECESSOR),
                (int) number(fields, HeaderFields.PREDECESSOR_CHAIN, 16),
                text(fields, HeaderFields.SUCCESSOR),
                version == FormatVersion.V1 ? sequenceOnly(fields) : coverage(fields, version),
                number(fields, HeaderFields.CREATED, 10));
    }

    private Optional<Coverage> sequenceOnly(Map<String, String> fields) {
        long sequence = number(fields, HeaderFields.SNAPSHOT_SEQUENCE, 10);
        return sequence == 0 ? Optional.empty() : Optional.of(Coverage.upTo(sequence));
    }

    private Optional<Coverage> coverage(Map<String, String> fields, FormatVersion version) {
        long firstSegment = number(fields, HeaderFields.COVERS_SEGMENT, 10);
        if (firstSegment < 1) {
            return Optional.empty();
        }
        long flushed = version.before(FormatVersion.V3) ? 0 : number(fields, HeaderFields.COVERS_FLUSHED, 10);
        long sequence = number(fields, HeaderFields.COVERS_SEQUENCE, 10);
        if (flushed < 0 || flushed > Math.max(0, sequence)) {
            throw start.corrupt("more is flushed than there is", "0 to " + sequence, Long.toString(flushed), 0);
        }
        return Optional.of(new Coverage(
                firstSegment,
                (int) number(fields, HeaderFields.COVERS_CHAIN, 16),
                sequence,
                number(fields, HeaderFields.COVERS_ENTRIES, 10),
                flushed));
    }

    private String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw start.corrupt(
                    "segment header lacks a field", name, fields.keySet().toString(), 0);
        }
        return value;
    }

    private long number(Map<String, String> fields, String name, int radix) {
        String value = text(fields, name);
        try {
            return Long.parseLong(value, radix);
        } catch (NumberFormatException e) {
            throw start.corrupt("segment header field is no number", name, value, 0);
        }
    }
}
