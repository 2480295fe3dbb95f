package org.seawall.viper.part;

import java.io.IOException;
import java.util.BitSet;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.seawall.Entry;

/** A row group while it is in memory, encoded. All its rows have a vector, or none has. */
final class RowGroup {
    /** So few that one of them is read in no time when a row is looked up. */
    private static final int ATTRIBUTE_PAGE_ROWS = 256;

    /** Without bloom filters: a sidecar knows all ids, and Parquet's need sun.misc.Unsafe, which not every container shows. */
    static final ParquetProperties PROPERTIES = ParquetProperties.builder()
            .withDictionaryEncoding(false)
            .withPageRowCountLimit(ATTRIBUTE_PAGE_ROWS)
            .withPageWriteChecksumEnabled(true)
            .withSizeStatisticsEnabled(false)
            .build();

    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore columns;
    private final VectorPages vectors;
    private final boolean withVectors;
    private final ColumnWriter[] writers;
    private final MetadataWriter metadata;
    private long rows;
    private long bytes;

    /**
     * @param dimension components of every row; 0 for rows without a vector
     * @param strays takes the typed columns of which some row has the field with another type
     */
    RowGroup(PartSchema schema, int ordinal, int dimension, BitSet strays) {
        this.withVectors = dimension > 0;
        this.pages = ColumnChunkPageWriteStore.builder()
                .withSchema(schema.message())
                .withAllocator(new HeapByteBufferAllocator())
                .withColumnIndexTruncateLength(PROPERTIES.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(true)
                .withRowGroupOrdinal(ordinal)
                .withCompressorProvider(column -> Compression.of(schema.index(column)))
                .build();
        this.columns = PROPERTIES.newColumnWriteStore(schema.attributes(), pages, pages);
        this.vectors = new VectorPages(pages.getPageWriter(schema.column(PartSchema.VECTOR)), dimension);
        this.writers = new ColumnWriter[schema.columns()];
        for (int i = 0; i < writers.length; i++) {
            if (i != PartSchema.VECTOR) {
                writers[i] = columns.getColumnWriter(schema.column(i));
            }
        }
        this.metadata = new MetadataWriter(schema, writers, strays);
    }

    boolean withVectors() {
        return withVectors;
    }

    /** How much it holds, about. */
    long bytes() {
        return bytes;
    }

    void add(Row row) throws IOException {
        Entry entry = row.entry();
        Binary id = Binary.fromString(entry.id());
        writers[PartSchema.ID].write(id, 0, 0);
        vectors.add(entry.vector());
        int text = metadata.write(entry.metadata());
        optional(entry.payload());
        writers[PartSchema.TIMESTAMP].write(entry.timestampMillis(), 0, 0);
        expiry(entry.expiresAtMillis());
        writers[PartSchema.SEQUENCE].write(row.sequence(), 0, 0);
        writers[PartSchema.VERSION].write(row.version(), 0, 0);
        columns.endRecord();
        rows++;
        bytes += id.length() + 4L * entry.vector().length + text + entry.payload().length + 40;
    }

    private void optional(byte[] payload) {
        if (payload.length == 0) {
            writers[PartSchema.PAYLOAD].writeNull(0, 0);
        } else {
            writers[PartSchema.PAYLOAD].write(Binary.fromConstantByteArray(payload), 0, 1);
        }
    }

    private void expiry(long millis) {
        if (millis == 0) {
            writers[PartSchema.EXPIRY].writeNull(0, 0);
        } else {
            writers[PartSchema.EXPIRY].write(millis, 0, 1);
        }
    }

    /** Writes it into the file and lets go of its memory. */
    void finish(ParquetFileWriter file) throws IOException {
        vectors.flush();
        columns.flush();
        file.startBlock(rows);
        pages.flushToFileWriter(file);
        file.endBlock();
        close();
    }

    void close() {
        columns.close();
        pages.close();
    }
}
