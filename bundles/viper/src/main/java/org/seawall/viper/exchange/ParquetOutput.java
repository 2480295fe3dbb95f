package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryOutput;

/** A Parquet file of entries in the order in which they come. In memory is the row group that grows. */
final class ParquetOutput implements EntryOutput {
    /** Encoded bytes of a row group, about. */
    private static final long GROUP_BYTES = 32L << 20;

    private final Path path;
    private final int dimension;
    private final NewFile file;
    private final ParquetFileWriter writer;
    private ExportGroup group = new ExportGroup(0);
    private int groups;

    /**
     * @throws IOException if the file cannot be written
     */
    ParquetOutput(Path path, CollectionSpec spec) throws IOException {
        this.path = path;
        this.dimension = spec.dimension();
        this.file = new NewFile(path);
        this.writer = new ParquetFileWriter(
                file,
                ExportSchema.MESSAGE,
                ParquetFileWriter.Mode.CREATE,
                Long.MAX_VALUE,
                0,
                null,
                ExportGroup.PROPERTIES);
        writer.start();
    }

    @Override
    public void add(LoggedEntry logged) throws IOException {
        Entry entry = logged.entry();
        if (entry.operation() != Operation.PUT) {
            throw new IllegalArgumentException("entry that is not alive, operation=" + entry.operation() + ", id="
                    + entry.id() + ", file=" + path);
        }
        if (entry.vector().length != dimension) {
            throw new IllegalArgumentException("foreign dimension, expected=" + dimension + ", actual="
                    + entry.vector().length + ", id=" + entry.id() + ", file=" + path);
        }
        group.add(logged);
        if (group.bytes() >= GROUP_BYTES) {
            finishGroup();
            group = new ExportGroup(groups);
        }
    }

    private void finishGroup() throws IOException {
        if (group.bytes() > 0) {
            group.finish(writer);
            groups++;
        } else {
            group.close();
        }
    }

    @Override
    public long bytes() {
        return file.getPos() + group.bytes();
    }

    @Override
    public long finish() throws IOException {
        finishGroup();
        writer.end(Map.of(ExportSchema.KEY_NAME, ExportSchema.FORMAT));
        file.publish();
        return file.getPos();
    }

    @Override
    public void close() throws IOException {
        file.release();
    }
}
