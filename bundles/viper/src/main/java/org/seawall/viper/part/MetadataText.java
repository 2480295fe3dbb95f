package org.seawall.viper.part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metadata in columns that every reader understands: a map of names to texts, and a string with one letter a pair, in the order of the
 * pairs, which says what the text was: s String, l Long, d Double, b Boolean.
 */
final class MetadataText {
    private MetadataText() {}

    static String types(Map<String, Object> metadata) {
        StringBuilder types = new StringBuilder(metadata.size());
        metadata.values().forEach(value -> types.append(letter(value)));
        return types.toString();
    }

    /**
     * @throws IllegalArgumentException if letters and pairs do not fit each other, or a text is not of its type
     */
    static Map<String, Object> values(List<String> names, List<String> texts, String types) {
        if (names.size() != texts.size() || names.size() != types.length()) {
            throw new IllegalArgumentException("metadata does not fit its types, names=" + names.size() + ", values="
                    + texts.size() + ", types=" + types.length());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), value(texts.get(i), types.charAt(i)));
        }
        return values;
    }

    private static char letter(Object value) {
        if (value instanceof String) {
            return 's';
        }
        if (value instanceof Long) {
            return 'l';
        }
        return value instanceof Double ? 'd' : 'b';
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
