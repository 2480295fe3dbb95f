package org.seawall.viper.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row's metadata out of a map and columns of their own. The text that says what the map's texts were is that of a part: a letter a
 * pair, {@code s} String, {@code l} Long, {@code d} Double, {@code b} Boolean, and {@code @} with a field id in the place of one that is in
 * the column of that id.
 */
final class TypedPairs {
    private final List<Object> names;
    private final List<Object> values;
    private final Map<String, Object> columns;
    private final Map<Integer, String> ids;

    /**
     * @param names of the map; null where there is none
     * @param values of the map; null where there is none
     * @param columns names and values of the columns
     * @param ids the names of those that have a field id
     */
    TypedPairs(List<Object> names, List<Object> values, Map<String, Object> columns, Map<Integer, String> ids) {
        this.names = names;
        this.values = values;
        this.columns = columns;
        this.ids = ids;
    }

    static String types(Map<String, Object> metadata) {
        StringBuilder types = new StringBuilder(metadata.size());
        metadata.values().forEach(value -> types.append(letter(value)));
        return types.toString();
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

    /**
     * Pairs of the map first, where nothing else is told, then those of the columns.
     *
     * @throws IllegalArgumentException if types and pairs do not fit each other
     */
    Map<String, Object> merged(Optional<String> types) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(
                    "map of other names than values, names=" + names.size() + ", values=" + values.size());
        }
        Map<String, Object> merged = new LinkedHashMap<>();
        if (types.isPresent()) {
            typed(types.get(), merged);
        } else {
            for (int i = 0; i < names.size(); i++) {
                put(i, values.get(i), merged);
            }
        }
        columns.forEach(merged::putIfAbsent);
        return merged;
    }

    private void typed(String types, Map<String, Object> merged) {
        int pair = 0;
        int at = 0;
        while (at < types.length()) {
            char type = types.charAt(at++);
            if (type == '@') {
                int end = at;
                while (end < types.length() && Character.digit(types.charAt(end), 10) >= 0) {
                    end++;
                }
                // a copy by somebody else may have lost the field ids, then the column comes behind the others
                String name = ids.get(Integer.valueOf(types.substring(at, end)));
                if (name != null) {
                    merged.put(name, columns.get(name));
                }
                at = end;
            } else if (pair == names.size()) {
                throw unfit(types);
            } else {
                put(pair, typed(values.get(pair), type), merged);
                pair++;
            }
        }
        if (pair != names.size()) {
            throw unfit(types);
        }
    }

    private IllegalArgumentException unfit(String types) {
        return new IllegalArgumentException(
                "metadata does not fit its types, pairs=" + names.size() + ", types=" + types);
    }

    private void put(int pair, Object value, Map<String, Object> merged) {
        Object name = names.get(pair);
        if (name == null) {
            throw new IllegalArgumentException("metadata without a name, pair=" + pair);
        }
        if (value != null) {
            merged.put((String) name, value);
        }
    }

    private static Object typed(Object value, char type) {
        if (value == null) {
            throw new IllegalArgumentException("metadata without a value, type=" + type);
        }
        return switch (type) {
            case 's' -> value.toString();
            case 'l' -> Long.valueOf(value.toString());
            case 'd' -> Double.valueOf(value.toString());
            case 'b' -> Boolean.valueOf(value.toString());
            default ->
                throw new IllegalArgumentException(
                        "unknown type of metadata, expected one of s, l, d, b, @, type=" + type);
        };
    }
}
