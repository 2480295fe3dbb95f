package org.seawall.viper.part;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a part, with the field ids that they keep for ever: those that every part has, then typed ones. FORMAT.md says what is in them. */
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
    /** How many every part has. */
    static final int COLUMNS = 10;

    /** The field id of the first typed column of a collection. */
    static final int FIRST_ID = 13;

    private static final MessageType ALWAYS = Types.buildMessage()
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

    /** Of parts without typed columns. */
    static final PartSchema PLAIN = new PartSchema(List.of());

    private final List<PartColumn> typed;
    private final MessageType message;
    private final List<ColumnDescriptor> columns;

    private PartSchema(List<PartColumn> typed) {
        this.typed = List.copyOf(typed);
        List<Type> fields = new ArrayList<>(ALWAYS.getFields());
        typed.forEach(column -> fields.add(field(column)));
        this.message = new MessageType(ALWAYS.getName(), fields);
        // made anew at each call of Parquet's
        this.columns = message.getColumns();
    }

    static PartSchema of(List<PartColumn> typed) {
        return typed.isEmpty() ? PLAIN : new PartSchema(typed);
    }

    private static Type field(PartColumn column) {
        return switch (column.column().type()) {
            case STRING ->
                Types.optional(BINARY).as(stringType()).id(column.id()).named(column.name());
            case LONG -> Types.optional(INT64).id(column.id()).named(column.name());
            case DOUBLE -> Types.optional(DOUBLE).id(column.id()).named(column.name());
            case BOOLEAN -> Types.optional(BOOLEAN).id(column.id()).named(column.name());
        };
    }

    MessageType message() {
        return message;
    }

    /** What Parquet's own writer encodes: everything but the vectors. */
    MessageType attributes() {
        return new MessageType(
                message.getName(),
                message.getFields().stream()
                        .filter(field -> !field.getName().equals("vector"))
                        .toList());
    }

    List<PartColumn> typed() {
        return typed;
    }

    int columns() {
        return COLUMNS + typed.size();
    }

    int index(ColumnDescriptor column) {
        return columns.indexOf(column);
    }

    ColumnDescriptor column(int index) {
        return columns.get(index);
    }

    /** Ids and vectors are read a few at a time, in place; the rest is compressed. */
    static CompressionCodecName codec(int index) {
        return index == ID || index == VECTOR ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD;
    }
}
