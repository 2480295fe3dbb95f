package org.seawall.viper.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Writes one part. In memory are the row group that grows and, where a file is created whole, the file. For one thread.
 */
public final class PartWriter implements AutoCloseable {
    /** Encoded bytes of a row group. */
    static final long GROUP_BYTES = 32L << 20;

    /** Key in the footer: the format's version. */
    static final String FORMAT_KEY = "seawall.part";

    /** Key in the footer: the dimension. */
    static final String DIMENSION_KEY = "seawall.dimension";

    /** Key in the footer: how many rows have a vector. */
    static final String VECTORS_KEY = "seawall.vectors";

    /** Key in the footer: the typed columns, see {@link PartColumn#format}. */
    static final String COLUMNS_KEY = "seawall.columns";

    /** Of a part without typed columns. */
    static final int FORMAT = 1;

    /** Of a part with some: who does not know them would lose metadata. */
    static final int TYPED_FORMAT = 2;

    private final Location file;
    private final int dimension;
    private final PartSchema schema;
    private final BitSet strays = new BitSet();
    private final PartOutput output;
    private final ParquetFileWriter writer;
    private RowGroup group;
    private int groups;
    private int rows;
    private int vectors;

    /**
     * Begins a part.
     *
     * @param files where
     * @param file its name, which nobody else uses
     * @param dimension components of each vector
     * @param typed its typed columns
     * @throws IOException if the storage fails
     */
    public PartWriter(FileSystem files, Location file, int dimension, List<PartColumn> typed) throws IOException {
        this.file = file;
        this.dimension = dimension;
        this.schema = PartSchema.of(typed);
        this.output = PartOutput.begin(files, file);
        this.writer = new ParquetFileWriter(
                output, schema.message(), ParquetFileWriter.Mode.CREATE, Long.MAX_VALUE, 0, null, RowGroup.PROPERTIES);
        writer.start();
        this.group = new RowGroup(schema, 0, dimension, strays);
    }

    /**
     * Adds a row behind all others.
     *
     * @param row of the dimension, or without a vector; those without come last
     * @return its number in the part, from 0 on
     * @throws IllegalArgumentException if it has a vector of another dimension, or comes behind one that has none
     * @throws IOException if the storage fails
     */
    public int add(Row row) throws IOException {
        int length = row.vector().length;
        if (length != 0 && length != dimension) {
            throw new IllegalArgumentException("vector of another dimension, expected=" + dimension + ", actual="
                    + length + ", id=" + row.id() + ", file=" + file);
        }
        if (length != 0 && vectors < rows) {
            throw new IllegalArgumentException("a vector behind a row without one, expected those without last, id="
                    + row.id() + ", file=" + file);
        }
        if (group.withVectors() != length > 0 || group.bytes() >= GROUP_BYTES) {
            next(length);
        }
        group.add(row);
        vectors += length > 0 ? 1 : 0;
        return rows++;
    }

    private void next(int length) throws IOException {
        finishGroup();
        group = new RowGroup(schema, groups, length, strays);
    }

    private void finishGroup() throws IOException {
        if (group.bytes() > 0) {
            group.finish(writer);
            groups++;
        } else {
            group.close();
        }
    }

    /**
     * Ends the part. On return it is there under its name, whole and durable.
     *
     * @throws IllegalArgumentException if there is no row in it
     * @throws IOException if the storage fails; nothing may be there, or the part
     */
    public void finish() throws IOException {
        if (rows == 0) {
            throw new IllegalArgumentException("a part without a row, file=" + file);
        }
        finishGroup();
        writer.end(keys());
        output.publish();
    }

    private Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        boolean typed = !schema.typed().isEmpty();
        keys.put(FORMAT_KEY, Integer.toString(typed ? TYPED_FORMAT : FORMAT));
        keys.put(DIMENSION_KEY, Integer.toString(dimension));
        keys.put(VECTORS_KEY, Integer.toString(vectors));
        if (typed) {
            keys.put(COLUMNS_KEY, PartColumn.format(withStrays()));
        } else if (vectors == rows) {
            keys.put(ArrowSchema.KEY, ArrowSchema.of(dimension));
        }
        return keys;
    }

    private List<PartColumn> withStrays() {
        List<PartColumn> columns = new ArrayList<>();
        for (PartColumn column : schema.typed()) {
            columns.add(new PartColumn(column.id(), column.column(), strays.get(columns.size())));
        }
        return columns;
    }

    /** Lets go of what is open. Without {@link #finish} before nothing has the part's name. */
    @Override
    public void close() throws IOException {
        output.release();
    }
}
