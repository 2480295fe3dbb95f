package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.viper.part.Compression;

/** A row group of an export while it is in memory, encoded. */
final class ExportGroup {
    /** Rows of whatever size are looked at from here on whether they are a page. */
    private static final int PAGE_ROWS_CHECKED = 8;

    /** PLAIN alone and a checksum in each page: what is read back is what was written, or an error. */
    static final ParquetProperties PROPERTIES = ParquetProperties.builder()
            .withDictionaryEncoding(false)
            .withMinRowCountForPageSizeCheck(PAGE_ROWS_CHECKED)
            .withPageWriteChecksumEnabled(true)
            .withSizeStatisticsEnabled(false)
            .withStatisticsEnabled("vector.list.element", false)
            .withStatisticsEnabled("payload", false)
            .build();

    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore columns;
    private final ColumnWriter[] writers = new ColumnWriter[ExportSchema.COLUMNS];
    private long rows;
    private long bytes;

    ExportGroup(int ordinal) {
        this.pages = ColumnChunkPageWriteStore.builder()
                .withSchema(ExportSchema.MESSAGE)
                .withAllocator(new HeapByteBufferAllocator())
                .withColumnIndexTruncateLength(PROPERTIES.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(true)
                .withRowGroupOrdinal(ordinal)
                .withCompressorProvider(column ->
                        column.equals(ExportSchema.column(ExportSchema.VECTOR)) ? Compression.NONE : Compression.ZSTD)
                .build();
        this.columns = PROPERTIES.newColumnWriteStore(ExportSchema.MESSAGE, pages, pages);
        for (int i = 0; i < writers.length; i++) {
            writers[i] = columns.getColumnWriter(ExportSchema.column(i));
        }
    }

    /** How much it holds, about. */
    long bytes() {
        return bytes;
    }

    void add(LoggedEntry logged) {
        Entry entry = logged.entry();
        Binary id = text(entry.id());
        writers[ExportSchema.ID].write(id, 0, 0);
        vector(entry.vector());
        long text = metadata(entry.metadata());
        byte[] payload = entry.payload();
        if (payload.length == 0) {
            writers[ExportSchema.PAYLOAD].writeNull(0, 0);
        } else {
            writers[ExportSchema.PAYLOAD].write(Binary.fromConstantByteArray(payload), 0, 1);
        }
        writers[ExportSchema.TIMESTAMP].write(entry.timestampMillis(), 0, 0);
        if (entry.expiresAtMillis() == 0) {
            writers[ExportSchema.EXPIRY].writeNull(0, 0);
        } else {
            writers[ExportSchema.EXPIRY].write(entry.expiresAtMillis(), 0, 1);
        }
        writers[ExportSchema.SEQUENCE].write(logged.sequence(), 0, 0);
        columns.endRecord();
        rows++;
        bytes += id.length() + 4L * entry.vector().length + text + payload.length + 40;
    }

    private void vector(float[] vector) {
        ColumnWriter writer = writers[ExportSchema.VECTOR];
        if (vector.length == 0) {
            writer.writeNull(0, 0);
        }
        for (int i = 0; i < vector.length; i++) {
            writer.write(vector[i], i == 0 ? 0 : 1, 1);
        }
    }

    private long metadata(Map<String, Object> metadata) {
        ColumnWriter names = writers[ExportSchema.KEY];
        ColumnWriter values = writers[ExportSchema.VALUE];
        long length = 0;
        int level = 0;
        if (metadata.isEmpty()) {
            names.writeNull(0, 0);
            values.writeNull(0, 0);
        }
        for (Map.Entry<String, Object> pair : metadata.entrySet()) {
            Binary name = text(pair.getKey());
            Binary value = text(pair.getValue().toString());
            names.write(name, level, 1);
            values.write(value, level, 1);
            length += name.length() + value.length();
            level = 1;
        }
        writers[ExportSchema.TYPES].write(text(TypedPairs.types(metadata)), 0, 0);
        return length;
    }

    /** What is no text in UTF-8 becomes a question mark, as in the log; Parquet's own way would end within a row. */
    private static Binary text(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes it into the file and lets go of its memory. */
    void finish(ParquetFileWriter file) throws IOException {
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
