package org.seawall.viper.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.seawall.Entry;
import org.seawall.Operation;

/**
 * Reads rows, one after the other or here and there: of each column it keeps the page that it read last. For one thread.
 */
public final class RowReader {
    private static final float[] NO_VECTOR = {};
    private static final byte[] NO_PAYLOAD = {};

    private final PartReader part;
    private final PageValues[] pages;
    private final ByteBuffer bytes;
    private final boolean pageWise;
    private final boolean single;
    private ByteBuffer vectors;
    private int pageBegin;
    private int pageEnd;

    /**
     * A reader of rows here and there, several of which may be in one page.
     *
     * @param part the part, which stays open as long
     */
    public RowReader(PartReader part) {
        this(part, false, false);
    }

    private RowReader(PartReader part, boolean pageWise, boolean single) {
        this.part = part;
        this.pages = new PageValues[part.schema().columns()];
        this.pageWise = pageWise;
        this.single = single;
        this.bytes = ByteBuffer.allocate(4 * part.table().dimension()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A reader of one row after the other, which reads whole pages of vectors.
     *
     * @param part the part, which stays open as long
     * @return the reader
     */
    public static RowReader sequential(PartReader part) {
        return new RowReader(part, true, false);
    }

    /**
     * A reader of one row, which decodes nothing of the others.
     *
     * @param part the part, which stays open as long
     * @return the reader
     */
    public static RowReader single(PartReader part) {
        return new RowReader(part, false, true);
    }

    /**
     * Reads an id.
     *
     * @param row the row's number
     * @return the id
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public String id(int row) throws IOException {
        return values(PartSchema.ID, row).text(row);
    }

    /**
     * Reads a sequence.
     *
     * @param row the row's number
     * @return the sequence
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public long sequence(int row) throws IOException {
        return values(PartSchema.SEQUENCE, row).number(row);
    }

    /**
     * Reads when a row expires.
     *
     * @param row the row's number
     * @return milliseconds of Unix time; 0 for never
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public long expiresAtMillis(int row) throws IOException {
        return values(PartSchema.EXPIRY, row).number(row);
    }

    /**
     * Reads metadata.
     *
     * @param row the row's number
     * @return names and values, in their order
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public Map<String, Object> metadata(int row) throws IOException {
        List<String> names = values(PartSchema.KEY, row).texts(row);
        List<String> texts = values(PartSchema.VALUE, row).texts(row);
        String types = values(PartSchema.TYPES, row).text(row);
        List<PartColumn> columns = part.table().typed();
        Map<Integer, Map.Entry<String, Object>> typed = columns.isEmpty() ? Map.of() : new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Object value = values(PartSchema.COLUMNS + i, row).value(row);
            if (value != null) {
                typed.put(columns.get(i).id(), Map.entry(columns.get(i).name(), value));
            }
        }
        try {
            return MetadataText.values(names, texts, types, typed);
        } catch (IllegalArgumentException e) {
            throw part.corrupt(PartSchema.TYPES, page(PartSchema.TYPES, row), e);
        }
    }

    /**
     * Reads fields of metadata from their typed columns alone.
     *
     * @param row the row's number
     * @param columns places in {@link PageTable#typed}
     * @return what the row has in them
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public Map<String, Object> typed(int row, int[] columns) throws IOException {
        Map<String, Object> values = new HashMap<>();
        for (int column : columns) {
            Object value = values(PartSchema.COLUMNS + column, row).value(row);
            if (value != null) {
                values.put(part.table().typed().get(column).name(), value);
            }
        }
        return values;
    }

    /**
     * Reads a whole row.
     *
     * @param row the row's number
     * @return the row
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public Row row(int row) throws IOException {
        byte[] payload = values(PartSchema.PAYLOAD, row).bytes(row);
        Entry entry = new Entry(
                Operation.PUT,
                id(row),
                vector(row),
                metadata(row),
                payload == null ? NO_PAYLOAD : payload,
                values(PartSchema.TIMESTAMP, row).number(row),
                expiresAtMillis(row));
        return new Row(entry, sequence(row), values(PartSchema.VERSION, row).number(row));
    }

    private float[] vector(int row) throws IOException {
        if (row >= part.table().vectors()) {
            return NO_VECTOR;
        }
        float[] vector = new float[part.table().dimension()];
        if (pageWise) {
            fromPage(row, vector);
        } else {
            part.vector(row, bytes);
            bytes.asFloatBuffer().get(vector);
        }
        return vector;
    }

    private void fromPage(int row, float[] vector) throws IOException {
        if (row < pageBegin || row >= pageEnd) {
            int page = page(PartSchema.VECTOR, row);
            vectors = part.vectorPage(page);
            pageBegin = part.firstRow(page);
            pageEnd = part.firstRow(page + 1);
        }
        vectors.position(4 * vector.length * (row - pageBegin));
        vectors.asFloatBuffer().get(vector);
    }

    private PageValues values(int column, int row) throws IOException {
        PageValues values = pages[column];
        if (values == null || !values.holds(row)) {
            int page = page(column, row);
            ColumnPages table = part.table().columns().get(column);
            int first = table.firstRows()[page];
            int rows = table.end(page, part.table().rows()) - first;
            try {
                PageDecoder found = part.page(column, page);
                ColumnDescriptor descriptor = part.schema().column(column);
                values = single
                        ? PageValues.decode(found, descriptor, first, row)
                        : PageValues.decodeAll(found, descriptor, first, rows);
            } catch (RuntimeException e) {
                throw part.corrupt(column, page, e);
            }
            pages[column] = values;
        }
        return values;
    }

    private int page(int column, int row) {
        return part.table().columns().get(column).page(row);
    }
}
