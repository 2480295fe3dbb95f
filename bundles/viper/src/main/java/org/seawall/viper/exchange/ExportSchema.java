package org.seawall.viper.exchange;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The columns of a file that entries are written into: those of a part, but for the version, under the same names. */
final class ExportSchema {
    static final int ID = 0;
    static final int VECTOR = 1;
    static final int KEY = 2;
    static final int VALUE = 3;
    static final int TYPES = 4;
    static final int PAYLOAD = 5;
    static final int TIMESTAMP = 6;
    static final int EXPIRY = 7;
    static final int SEQUENCE = 8;
    static final int COLUMNS = 9;

    /** Key in the footer: the format's version. */
    static final String KEY_NAME = "seawall.export";

    static final String FORMAT = "1";

    static final MessageType MESSAGE = Types.buildMessage()
            .required(BINARY)
            .as(stringType())
            .named("id")
            .addField(Types.requiredGroup()
                    .as(listType())
                    .repeatedGroup()
                    .required(FLOAT)
                    .named("element")
                    .named("list")
                    .named("vector"))
            .addField(Types.requiredGroup()
                    .as(mapType())
                    .repeatedGroup()
                    .required(BINARY)
                    .as(stringType())
                    .named("key")
                    .required(BINARY)
                    .as(stringType())
                    .named("value")
                    .named("key_value")
                    .named("metadata"))
            .required(BINARY)
            .as(stringType())
            .named("metadata_types")
            .optional(BINARY)
            .named("payload")
            .required(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .named("timestamp")
            .optional(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .named("expires_at")
            .required(INT64)
            .named("sequence")
            .named("seawall");

    /** The same as a reader sees them. */
    static final String FIELDS = "[REQUIRED id BYTE_ARRAY TEXT,"
            + " REQUIRED vector [REPEATED list [REQUIRED element FLOAT]],"
            + " REQUIRED metadata [REPEATED key_value [REQUIRED key BYTE_ARRAY TEXT, REQUIRED value BYTE_ARRAY TEXT]],"
            + " REQUIRED metadata_types BYTE_ARRAY TEXT,"
            + " OPTIONAL payload BYTE_ARRAY,"
            + " REQUIRED timestamp INT64 TIMESTAMP(Millis, UTC),"
            + " OPTIONAL expires_at INT64 TIMESTAMP(Millis, UTC),"
            + " REQUIRED sequence INT64]";

    private ExportSchema() {}

    static ColumnDescriptor column(int index) {
        return MESSAGE.getColumns().get(index);
    }
}
