package org.seawall.viper.part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metadata in columns that every reader understands: a map of names to texts, typed columns, and a string that has for each pair, in the order
 * of the pairs, a letter for one in the map, which says what the text was: s String, l Long, d Double, b Boolean; and for one in a typed
 * column an {@code @} and its field id.
 */
final class MetadataText {
    /** Stands before the field id of a typed column. */
    static final char TYPED = '@';

    private MetadataText() {}

    static char letter(Object value) {
        if (value instanceof String) {
            return 's';
        }
        if (value instanceof Long) {
            return 'l';
        }
        return value instanceof Double ? 'd' : 'b';
    }

    /**
     * @param typed values of typed columns by field id, with their names
     * @throws IllegalArgumentException if letters and pairs do not fit each other, or a text is not of its type
     */
    static Map<String, Object> values(
            List<String> names, List<String> texts, String types, Map<Integer, Map.Entry<String, Object>> typed) {
        Map<String, Object> values = new LinkedHashMap<>();
        int pair = 0;
        int columns = 0;
        for (int at = 0; at < types.length(); at++) {
            if (types.charAt(at) == TYPED) {
                int end = at + 1;
                while (end < types.length() && Character.isDigit(types.charAt(end))) {
                    end++;
                }
                Map.Entry<String, Object> value = typed.get(Integer.parseInt(types.substring(at + 1, end)));
                if (value == null) {
                    throw unfit(names, texts, types);
                }
                values.put(value.getKey(), value.getValue());
                columns++;
                at = end - 1;
            } else {
                if (pair >= names.size() || pair >= texts.size()) {
                    throw unfit(names, texts, types);
                }
                values.put(names.get(pair), value(texts.get(pair), types.charAt(at)));
                pair++;
            }
        }
        if (pair != names.size() || pair != texts.size() || columns != typed.size()) {
            throw unfit(names, texts, types);
        }
        return values;
    }

    private static IllegalArgumentException unfit(List<String> names, List<String> texts, String types) {
        return new IllegalArgumentException("metadata does not fit its types, names=" + names.size() + ", values="
                + texts.size() + ", types=" + types);
    }

    private static Object value(String text, char type) {
        return switch (type) {
            case 's' -> text;
            case 'l' -> Long.valueOf(text);
            case 'd' -> Double.valueOf(text);
            case 'b' -> Boolean.valueOf(text);
            default ->
                throw new IllegalArgumentException(
                        "unknown type of metadata, expected one of s, l, d, b, type=" + type);
        };
    }
}
