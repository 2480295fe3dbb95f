package org.seawall.viper.exchange;

import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A column of values.
 *
 * @param index its place among all of a row group
 * @param path its name, behind those of the groups around it
 * @param element what the file says of it
 * @param maxRepetition the highest repetition level
 * @param maxDefinition the definition level of a value that is there
 */
record Leaf(int index, String path, SchemaElement element, int maxRepetition, int maxDefinition) {
    Type type() {
        return element.getType();
    }

    boolean isNumber() {
        return switch (type()) {
            case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /** Bytes of a value where they are always as many. */
    int width() {
        int width = switch (type()) {
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> Integer.BYTES + Long.BYTES;
            case FIXED_LEN_BYTE_ARRAY -> element.getType_length();
            default -> 0;
        };
        if (width < 1) {
            throw new IllegalArgumentException(
                    "width of a value, expected at least 1, width=" + width + ", type=" + type() + ", column=" + path);
        }
        return width;
    }
}
