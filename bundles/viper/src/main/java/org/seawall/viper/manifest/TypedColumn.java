package org.seawall.viper.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.seawall.catalog.Column;

/**
 * A field of metadata that has, or once had, a typed column in new parts. Its field id is its own for ever.
 *
 * @param id the field id, from {@link #FIRST_ID} on without a gap
 * @param column name and type
 * @param declared whether new parts have it
 */
public record TypedColumn(int id, Column column, boolean declared) {
    /** The field id of the first one, behind those that every part has. */
    public static final int FIRST_ID = 13;

    /** Checks that it can be. */
    public TypedColumn {
        Objects.requireNonNull(column, "column");
        if (id < FIRST_ID) {
            throw new IllegalArgumentException(
                    "field id of a typed column, expected at least " + FIRST_ID + ", id=" + id);
        }
    }

    /** Ids without a gap, and names of which no two differ in nothing but their case, as other engines want it. */
    static List<TypedColumn> checked(List<TypedColumn> columns) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            TypedColumn column = columns.get(i);
            if (column.id != FIRST_ID + i || !names.add(folded(column.column))) {
                throw new IllegalArgumentException(
                        "typed columns out of order, expected id=" + (FIRST_ID + i) + ", column=" + column);
            }
        }
        return List.copyOf(columns);
    }

    /**
     * What there is when columns are declared. One whose name is taken by a column of another type, or by one that differs in its case, gets
     * none: its values stay with the other metadata.
     *
     * @param before what there was
     * @param columns all that are declared
     * @return those of before, in their order, and behind them the new ones
     */
    public static List<TypedColumn> declare(List<TypedColumn> before, List<Column> columns) {
        List<TypedColumn> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TypedColumn there : before) {
            all.add(new TypedColumn(there.id, there.column, columns.contains(there.column)));
            names.add(folded(there.column));
        }
        for (Column column : columns) {
            if (names.add(folded(column))) {
                all.add(new TypedColumn(FIRST_ID + all.size(), column, true));
            }
        }
        return all;
    }

    private static String folded(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }
}
