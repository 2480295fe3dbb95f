package org.seawall.viper.part;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Writes the metadata of rows: values of typed columns into these, all others into the map. For one thread. */
final class MetadataWriter {
    private final PartSchema schema;
    private final ColumnWriter[] writers;
    private final BitSet strays;
    private final Map<String, Integer> typed = new HashMap<>();
    private final BitSet written = new BitSet();

    MetadataWriter(PartSchema schema, ColumnWriter[] writers, BitSet strays) {
        this.schema = schema;
        this.writers = writers;
        this.strays = strays;
        for (int i = 0; i < schema.typed().size(); i++) {
            typed.put(schema.typed().get(i).name(), i);
        }
    }

    /** Writes one row's; returns about how many bytes. */
    int write(Map<String, Object> metadata) {
        StringBuilder types = new StringBuilder(metadata.size());
        written.clear();
        int length = 0;
        int pairs = 0;
        for (Map.Entry<String, Object> pair : metadata.entrySet()) {
            int column = typed.getOrDefault(pair.getKey(), -1);
            if (column >= 0 && schema.typed().get(column).column().type().holds(pair.getValue())) {
                length += typed(column, pair.getValue());
                types.append(MetadataText.TYPED)
                        .append(schema.typed().get(column).id());
            } else {
                length += pair(pair.getKey(), pair.getValue(), pairs++ == 0 ? 0 : 1);
                types.append(MetadataText.letter(pair.getValue()));
                if (column >= 0) {
                    strays.set(column);
                }
            }
        }
        nothing(pairs);
        writers[PartSchema.TYPES].write(Binary.fromString(types.toString()), 0, 0);
        return length;
    }

    private int pair(String name, Object value, int level) {
        Binary key = Binary.fromString(name);
        Binary text = Binary.fromString(value.toString());
        writers[PartSchema.KEY].write(key, level, 1);
        writers[PartSchema.VALUE].write(text, level, 1);
        return key.length() + text.length();
    }

    private int typed(int column, Object value) {
        written.set(column);
        ColumnWriter writer = writers[PartSchema.COLUMNS + column];
        if (value instanceof String text) {
            Binary bytes = Binary.fromString(text);
            writer.write(bytes, 0, 1);
            return bytes.length();
        }
        if (value instanceof Long number) {
            writer.write(number, 0, 1);
        } else if (value instanceof Double number) {
            writer.write(number, 0, 1);
        } else {
            writer.write((Boolean) value, 0, 1);
        }
        return Long.BYTES;
    }

    private void nothing(int pairs) {
        if (pairs == 0) {
            writers[PartSchema.KEY].writeNull(0, 0);
            writers[PartSchema.VALUE].writeNull(0, 0);
        }
        for (int i = written.nextClearBit(0); i < schema.typed().size(); i = written.nextClearBit(i + 1)) {
            writers[PartSchema.COLUMNS + i].writeNull(0, 0);
        }
    }
}
