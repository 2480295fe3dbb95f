package org.seawall.serializer.avro;

import org.seawall.serializer.common.FormatVersion;

/** The Avro schemas of the format's versions, as they stand in every file. Never changed: another schema is another version. */
final class SegmentSchema {
    /** Version 2, for people; files hold it without the line breaks and indents. */
    static final String INDENTED = """
            {"type":"record","name":"Batch","namespace":"org.seawall",
              "doc":"Entries that became durable together: whole or absent.","fields":[
              {"name":"firstSequence","type":"long",
                "doc":"Sequence of the first entry; the others follow without a gap."},
              {"name":"epoch","type":"long",
                "doc":"Epoch of the writer."},
              {"name":"writer","type":"string",
                "doc":"Tells one session of a writer from any other."},
              {"name":"durableSequence","type":"long",
                "doc":"Up to here all was known to be durable when the batch was written."},
              {"name":"writtenAt","type":{"type":"long","logicalType":"timestamp-millis"},
                "doc":"When it was committed."},
              {"name":"entries","type":{"type":"array","items":
                {"type":"record","name":"Entry","fields":[
                {"name":"operation","type":{"type":"enum","name":"Operation","symbols":["PUT","DELETE"]},
                  "doc":"PUT: a new newest version of the id. DELETE: the end of the id."},
                {"name":"id","type":"string",
                  "doc":"At most 512 bytes; empty for an entry that is read by sequence alone."},
                {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"},
                  "doc":"When it happened."},
                {"name":"expiresAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],
                  "doc":"From when on it is not found any more; null for never."},
                {"name":"vector","type":{"type":"array","items":"float"},
                  "doc":"Finite components, at most 65536; empty for none."},
                {"name":"metadata","type":{"type":"map","values":["string","long","double","boolean"]},
                  "doc":"Names and values."},
                {"name":"payload","type":"bytes",
                  "doc":"Opaque."}]}},
                "doc":"At least one."},
              {"name":"crc32c","type":"long",
                "doc":"CRC-32C of the encoded entries, then of the encoded fields before them."}]}
            """;

    private static final String WRITTEN_AT = """
              {"name":"writtenAt","type":{"type":"long","logicalType":"timestamp-millis"},
                "doc":"When it was committed."},
            """;

    private static final String V2 = text(INDENTED);
    private static final String V1 = text(INDENTED.replace(WRITTEN_AT, ""));

    private SegmentSchema() {}

    /** As it stands in files of a version. */
    static String text(FormatVersion version) {
        return version == FormatVersion.V1 ? V1 : V2;
    }

    private static String text(String indented) {
        return indented.replaceAll("\n *", "");
    }
}
