package org.seawall.viper.part;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.api.PrimitiveConverter;

/** The values of one page of a column, decoded: a number, bytes or several of them for each row. */
final class PageValues {
    private static final ParsedVersion WRITER = new ParsedVersion("parquet-mr", "1.18.1", null);

    private final int firstRow;
    private final List<Object> values;

    private PageValues(int firstRow, List<Object> values) {
        this.firstRow = firstRow;
        this.values = values;
    }

    /**
     * @throws RuntimeException of Parquet's, if the page is not what its header says
     */
    static PageValues decodeAll(DataPage page, ColumnDescriptor column, int firstRow, int rows) {
        ColumnReader reader = reader(page, column);
        List<Object> values = new ArrayList<>(rows);
        long left = page.getValueCount();
        while (left > 0) {
            if (column.getMaxRepetitionLevel() == 0) {
                values.add(next(reader, column));
                left--;
            } else {
                List<Object> several = new ArrayList<>();
                do {
                    Object value = next(reader, column);
                    if (value != null) {
                        several.add(value);
                    }
                    left--;
                } while (left > 0 && reader.getCurrentRepetitionLevel() > 0);
                values.add(several);
            }
        }
        if (values.size() != rows) {
            throw new IllegalArgumentException("rows of a page, expected=" + rows + ", actual=" + values.size());
        }
        return new PageValues(firstRow, values);
    }

    /**
     * The values of one row.
     *
     * @throws RuntimeException of Parquet's, if the page is not what its header says
     */
    static PageValues decode(DataPage page, ColumnDescriptor column, int firstRow, int row) {
        ColumnReader reader = reader(page, column);
        for (int left = row - firstRow; left > 0; left--) {
            do {
                // a value that is not there cannot be skipped
                if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                    reader.skip();
                }
                reader.consume();
            } while (reader.getCurrentRepetitionLevel() > 0);
        }
        if (column.getMaxRepetitionLevel() == 0) {
            return new PageValues(row, Collections.singletonList(next(reader, column)));
        }
        List<Object> several = new ArrayList<>();
        do {
            Object value = next(reader, column);
            if (value != null) {
                several.add(value);
            }
        } while (reader.getCurrentRepetitionLevel() > 0);
        return new PageValues(row, List.of(several));
    }

    private static ColumnReader reader(DataPage page, ColumnDescriptor column) {
        return new ColumnReaderImpl(column, new OnePage(page), new PrimitiveConverter() {}, WRITER);
    }

    private static Object next(ColumnReader reader, ColumnDescriptor column) {
        Object value = null;
        if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
            value = switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                case INT64 -> reader.getLong();
                case DOUBLE -> reader.getDouble();
                case BOOLEAN -> reader.getBoolean();
                default -> reader.getBinary().getBytes();
            };
        }
        reader.consume();
        return value;
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

    /** A column that has one page. */
    private static final class OnePage implements PageReader {
        private final DataPage page;
        private boolean read;

        OnePage(DataPage page) {
            this.page = page;
        }

        @Override
        public DictionaryPage readDictionaryPage() {
            return null;
        }

        @Override
        public long getTotalValueCount() {
            return page.getValueCount();
        }

        @Override
        public DataPage readPage() {
            DataPage once = read ? null : page;
            read = true;
            return once;
        }
    }
}
