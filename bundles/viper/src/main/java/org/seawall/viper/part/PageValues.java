package org.seawall.viper.part;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/** The values of one page of a column, decoded: a number, bytes or several of them for each row. */
final class PageValues {
    private final int firstRow;
    private final List<Object> values;

    private PageValues(int firstRow, List<Object> values) {
        this.firstRow = firstRow;
        this.values = values;
    }

    /**
     * @throws RuntimeException if the page is not what its header says
     */
    static PageValues decodeAll(PageDecoder page, ColumnDescriptor column, int firstRow, int rows) {
        List<Object> values = new ArrayList<>(rows);
        while (page.hasNext()) {
            values.add(column.getMaxRepetitionLevel() == 0 ? page.next() : several(page));
        }
        if (values.size() != rows) {
            throw new IllegalArgumentException("rows of a page, expected=" + rows + ", actual=" + values.size());
        }
        return new PageValues(firstRow, values);
    }

    /**
     * The values of one row.
     *
     * @throws RuntimeException if the page is not what its header says
     */
    static PageValues decode(PageDecoder page, ColumnDescriptor column, int firstRow, int row) {
        for (int left = row - firstRow; left > 0; left--) {
            do {
                page.skip();
            } while (!page.atRow());
        }
        Object values = column.getMaxRepetitionLevel() == 0 ? page.next() : several(page);
        return new PageValues(row, Collections.singletonList(values));
    }

    private static List<Object> several(PageDecoder page) {
        List<Object> several = new ArrayList<>();
        do {
            Object value = page.next();
            if (value != null) {
                several.add(value);
            }
        } while (!page.atRow());
        return several;
    }

    boolean holds(int row) {
        return row >= firstRow && row < firstRow + values.size();
    }

    /** The number of a row; 0 where there is none. */
    long number(int row) {
        Object value = values.get(row - firstRow);
        return value == null ? 0 : (Long) value;
    }

    /** The bytes of a row, or null where there are none. */
    byte[] bytes(int row) {
        return (byte[]) values.get(row - firstRow);
    }

    /** The value of a row as metadata has it, or null where there is none. */
    Object value(int row) {
        Object value = values.get(row - firstRow);
        return value instanceof byte[] ? text(value) : value;
    }

    String text(int row) {
        return text(values.get(row - firstRow));
    }

    List<String> texts(int row) {
        return ((List<?>) values.get(row - firstRow))
                .stream().map(PageValues::text).toList();
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
