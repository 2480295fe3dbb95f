package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.seawall.viper.part.Compression;

/** A file of any columns, level by level, as Parquet's own library writes it: what others' writers would not. */
final class Shape {
    private final MessageType schema;

    Shape(MessageType schema) {
        this.schema = schema;
    }

    static Shape of(String columns) {
        return new Shape(MessageTypeParser.parseMessageType("message m { " + columns + " }"));
    }

    /** One row of {@code {value, repetition, definition}} for each column, null for no value. */
    void write(Path file, Map<String, String> keys, List<Object[][]> row) throws IOException {
        NewFile output = new NewFile(file);
        ParquetProperties built =
                ParquetProperties.builder().withDictionaryEncoding(false).build();
        ParquetFileWriter writer =
                new ParquetFileWriter(output, schema, ParquetFileWriter.Mode.CREATE, Long.MAX_VALUE, 0, null, built);
        writer.start();
        ColumnChunkPageWriteStore pages = ColumnChunkPageWriteStore.builder()
                .withSchema(schema)
                .withAllocator(new HeapByteBufferAllocator())
                .withColumnIndexTruncateLength(built.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(true)
                .withRowGroupOrdinal(0)
                .withCompressorProvider(column -> Compression.NONE)
                .build();
        ColumnWriteStore columns = built.newColumnWriteStore(schema, pages, pages);
        ColumnWriter[] writers =
                schema.getColumns().stream().map(columns::getColumnWriter).toArray(ColumnWriter[]::new);
        for (int column = 0; column < writers.length; column++) {
            for (Object[] triple : row.get(column)) {
                put(writers[column], triple[0], (Integer) triple[1], (Integer) triple[2]);
            }
        }
        columns.endRecord();
        columns.flush();
        writer.startBlock(1);
        pages.flushToFileWriter(writer);
        writer.endBlock();
        writer.end(keys);
        output.publish();
    }

    private static void put(ColumnWriter writer, Object value, int repetition, int definition) {
        if (value == null) {
            writer.writeNull(repetition, definition);
        } else if (value instanceof Float number) {
            writer.write(number, repetition, definition);
        } else if (value instanceof Long number) {
            writer.write(number, repetition, definition);
        } else if (value instanceof Double number) {
            writer.write(number, repetition, definition);
        } else {
            writer.write(Binary.fromString((String) value), repetition, definition);
        }
    }
}
