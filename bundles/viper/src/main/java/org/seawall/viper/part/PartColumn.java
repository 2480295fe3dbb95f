package org.seawall.viper.part;

import java.util.ArrayList;
import java.util.List;
import org.seawall.catalog.Column;

/**
 * A typed column of a part, for a field of metadata.
 *
 * @param id its field id, behind those that every part has
 * @param column name and type
 * @param strays whether some row has the field with a value of another type, which is in the map
 */
public record PartColumn(int id, Column column, boolean strays) {
    private static final String STRAYS = "strays";

    /** Checks that it can be. */
    public PartColumn {
        if (id < PartSchema.FIRST_ID) {
            throw new IllegalArgumentException(
                    "field id of a typed column, expected at least " + PartSchema.FIRST_ID + ", id=" + id);
        }
    }

    /** The field. */
    public String name() {
        return column.name();
    }

    /** Of a footer: {@code 13 price DOUBLE, 14 color STRING strays}. */
    static String format(List<PartColumn> columns) {
        List<String> words = new ArrayList<>();
        for (PartColumn one : columns) {
            words.add(one.id + " " + one.name() + " " + one.column.type() + (one.strays ? " " + STRAYS : ""));
        }
        return String.join(", ", words);
    }

    /**
     * @throws IllegalArgumentException if it is not what {@link #format} wrote
     */
    static List<PartColumn> parse(String text) {
        List<PartColumn> columns = new ArrayList<>();
        if (text.isEmpty()) {
            return columns;
        }
        for (String one : text.split(", ", -1)) {
            String[] words = one.split(" ", -1);
            boolean strays = words.length == 4 && words[3].equals(STRAYS);
            if (words.length != 3 && !strays) {
                throw new IllegalArgumentException(
                        "typed column of a part, expected an id, a name and a type, column=" + one);
            }
            columns.add(new PartColumn(
                    Integer.parseInt(words[0]), new Column(words[1], Column.Type.valueOf(words[2])), strays));
        }
        return columns;
    }
}
