package org.seawall.serializer.avro;

import java.util.Map;
import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.SegmentStart;
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
        start.checkVersion(number(map.fields(), HeaderFields.FORMAT, 10), SegmentSchema.VERSION);
        if (!text(map.fields(), HeaderFields.SCHEMA).equals(SegmentSchema.TEXT)) {
            throw start.corrupt("segment schema mismatch", "the schema of format 1", "another schema", 0);
        }
        SegmentHeader header = header(map.fields());
        return new AvroSegmentFormat(header, start.canonical(header, HeaderWriter::bytes), maxBatchBytes);
    }

    private HeaderMap map() {
        try {
            return HeaderMap.read(start.bytes());
        } catch (MalformedException e) {
            throw start.notReadable(e);
        }
    }

    private SegmentHeader header(Map<String, String> fields) {
        return new SegmentHeader(
                text(fields, HeaderFields.COLLECTION),
                number(fields, HeaderFields.SEGMENT, 10),
                number(fields, HeaderFields.EPOCH, 10),
                number(fields, HeaderFields.FIRST_SEQUENCE, 10),
                text(fields, HeaderFields.PREDECESSOR),
                (int) number(fields, HeaderFields.PREDECESSOR_CHAIN, 16),
                text(fields, HeaderFields.SUCCESSOR),
                number(fields, HeaderFields.SNAPSHOT_SEQUENCE, 10),
                number(fields, HeaderFields.CREATED, 10));
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
