package org.seawall.viper.part;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The columns of a part, with the field ids that they keep for ever. FORMAT.md says what is in them. */
final class PartSchema {
    static final int ID = 0;
    static final int VECTOR = 1;
    static final int KEY = 2;
    static final int VALUE = 3;
    static final int TYPES = 4;
    static final int PAYLOAD = 5;
    static final int TIMESTAMP = 6;
    static final int EXPIRY = 7;
    static final int SEQUENCE = 8;
    static final int VERSION = 9;
    static final int COLUMNS = 10;

    static final MessageType MESSAGE = Types.buildMessage()
            .required(BINARY)
            .as(stringType())
            .id(1)
            .named("id")
            .addField(Types.requiredGroup()
                    .as(listType())
                    .repeatedGroup()
                    .required(FLOAT)
                    .id(3)
                    .named("element")
                    .named("list")
                    .id(2)
                    .named("vector"))
            .addField(Types.requiredGroup()
                    .as(mapType())
                    .repeatedGroup()
                    .required(BINARY)
                    .as(stringType())
                    .id(5)
                    .named("key")
                    .required(BINARY)
                    .as(stringType())
                    .id(6)
                    .named("value")
                    .named("key_value")
                    .id(4)
                    .named("metadata"))
            .required(BINARY)
            .as(stringType())
            .id(7)
            .named("metadata_types")
            .optional(BINARY)
            .id(8)
            .named("payload")
            .required(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .id(9)
            .named("timestamp")
            .optional(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .id(10)
            .named("expires_at")
            .required(INT64)
            .id(11)
            .named("sequence")
            .required(INT64)
            .id(12)
            .named("version")
            .named("seawall");

    /** What Parquet's own writer encodes: everything but the vectors. */
    static final MessageType ATTRIBUTES = new MessageType(
            MESSAGE.getName(),
            MESSAGE.getFields().stream()
                    .filter(field -> !field.getName().equals("vector"))
                    .toList());

    private PartSchema() {}

    static ColumnDescriptor column(int index) {
        return MESSAGE.getColumns().get(index);
    }

    /** Ids and vectors are read a few at a time, in place; the rest is compressed. */
    static CompressionCodecName codec(int index) {
        return index == ID || index == VECTOR ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD;
    }
}
