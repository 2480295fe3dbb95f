package org.seawall.serializer.avro;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.spi.serializer.SegmentHeader;

/** Reads the first bytes of a file that calls itself a segment. For one file. */
final class HeaderReader {
    private final byte[] start;
    private final String file;

    /**
     * Reads what was read.
     *
     * @param start the file's first bytes, at most {@link HeaderFields#MAX_HEADER_BYTES}
     * @param file the file, for messages
     */
    HeaderReader(byte[] start, String file) {
        this.start = start;
        this.file = file;
    }

    AvroSegmentFormat read(int maxBatchBytes) {
        HeaderMap map = map();
        checkMarker(map.end());
        // Before anything else, so that a newer header, which may have other fields, is not called damaged
        checkVersion(number(map.fields(), HeaderFields.FORMAT, 10));
        if (!text(map.fields(), HeaderFields.SCHEMA).equals(SegmentSchema.TEXT)) {
            throw corrupt("segment schema mismatch", "the schema of format 1", "another schema", 0);
        }
        SegmentHeader header = header(map.fields());
        byte[] bytes = Arrays.copyOf(start, map.end() + HeaderFields.MARKER_BYTES);
        if (!Arrays.equals(bytes, HeaderWriter.bytes(header))) {
            throw corrupt("segment header not as it is written", header.toString(), "other bytes", 0);
        }
        return new AvroSegmentFormat(header, bytes, maxBatchBytes);
    }

    private HeaderMap map() {
        try {
            return HeaderMap.read(start);
        } catch (MalformedException e) {
            throw corrupt("segment header not readable: " + e.fact(), e.expected(), e.actual(), 0);
        }
    }

    private void checkMarker(int end) {
        byte[] stored = Arrays.copyOfRange(start, end, end + HeaderFields.MARKER_BYTES);
        byte[] computed = HeaderWriter.marker(start, end);
        if (!Arrays.equals(stored, computed)) {
            HexFormat hex = HexFormat.of();
            throw corrupt("segment header checksum mismatch", hex.formatHex(stored), hex.formatHex(computed), end);
        }
    }

    private void checkVersion(long version) {
        if (version != SegmentSchema.VERSION) {
            int found = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, version));
            throw new LogFormatException(found, SegmentSchema.VERSION, SegmentSchema.VERSION, file);
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
            throw corrupt("segment header lacks a field", name, fields.keySet().toString(), 0);
        }
        return value;
    }

    private long number(Map<String, String> fields, String name, int radix) {
        String value = text(fields, name);
        try {
            return Long.parseLong(value, radix);
        } catch (NumberFormatException e) {
            throw corrupt("segment header field is no number", name, value, 0);
        }
    }

    private LogCorruptException corrupt(String fact, String expected, String actual, long offset) {
        return new LogCorruptException(fact, expected, actual, offset, file);
    }
}
