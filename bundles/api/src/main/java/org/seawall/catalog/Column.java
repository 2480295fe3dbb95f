package org.seawall.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A field of metadata that a store of flushed entries keeps in a column of its own, with a type: filters on it read nothing else, and other
 * engines see it as a column. Entries may lack it, and may have a value of another type: nothing is refused or changed for that.
 *
 * @param name the field: 1 to 64 of letters (A–Z, a–z), digits and {@code _}, not beginning with a digit; none of {@link #RESERVED},
 *     whatever the case
 * @param type what most values are
 */
public record Column(String name, Type type) {
    /** The most columns that a collection has. */
    public static final int MOST = 100;

    /** Names that a store has columns of its own for. */
    public static final Set<String> RESERVED = Set.of(
            "id", "vector", "metadata", "metadata_types", "payload", "timestamp", "expires_at", "sequence", "version");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    /** What values are, as metadata has them. */
    public enum Type {
        /** A {@link String}. */
        STRING,
        /** A {@link Long}. */
        LONG,
        /** A {@link Double}. */
        DOUBLE,
        /** A {@link Boolean}. */
        BOOLEAN;

        /**
         * Whether a value is of this type; if not, it is kept with the other metadata.
         *
         * @param value one of an entry's metadata
         * @return whether it is
         */
        public boolean holds(Object value) {
            return switch (this) {
                case STRING -> value instanceof String;
                case LONG -> value instanceof Long;
                case DOUBLE -> value instanceof Double;
                case BOOLEAN -> value instanceof Boolean;
            };
        }
    }

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is none; the message names it and the rule
     */
    public Column {
        Objects.requireNonNull(type, "type");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "not the name of a column, expected 1 to 64 of letters, digits, _ not beginning with a digit, name="
                            + name);
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "a store has a column of that name already, reserved=" + RESERVED + ", name=" + name);
        }
    }

    /**
     * Reads columns.
     *
     * @param text such as {@code price:double, color:string}; types in any case; may be empty
     * @return the columns in their order
     * @throws IllegalArgumentException if it is not that, a name is there twice, whatever the case, or there are more than {@link #MOST}
     */
    public static List<Column> parse(String text) {
        List<Column> columns = new ArrayList<>();
        if (text.isBlank()) {
            return columns;
        }
        Set<String> names = new HashSet<>();
        for (String word : text.split(",", -1)) {
            Column column = one(word.strip());
            if (!names.add(column.name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("column twice, name=" + column.name + ", columns=" + text);
            }
            columns.add(column);
        }
        if (columns.size() > MOST) {
            throw new IllegalArgumentException("too many columns, limit=" + MOST + ", columns=" + columns.size());
        }
        return columns;
    }

    private static Column one(String word) {
        int colon = word.indexOf(':');
        String type = word.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
        for (Type known : Type.values()) {
            if (colon > 0 && known.name().equals(type)) {
                return new Column(word.substring(0, colon).strip(), known);
            }
        }
        throw new IllegalArgumentException(
                "not a column, expected name:type with one of string, long, double, boolean, column=" + word);
    }

    /**
     * The text of columns, for {@link #parse}.
     *
     * @param columns the columns
     * @return such as {@code price:double,color:string}
     */
    public static String format(List<Column> columns) {
        return columns.stream().map(Column::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return name + ":" + type.name().toLowerCase(Locale.ROOT);
    }
}
