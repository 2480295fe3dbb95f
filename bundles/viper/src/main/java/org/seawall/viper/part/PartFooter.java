package org.seawall.viper.part;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.spi.filesystem.FileInput;

/** Reads a part's page table from the end of the file: three reads, without a row. */
final class PartFooter {
    private static final int MAGIC = 0x31524150;
    private static final int TAIL_BYTES = 8;
    private static final int MAX_BYTES = 256 << 20;

    private final FileInput input;
    private PartSchema schema = PartSchema.PLAIN;

    private PartFooter(FileInput input) {
        this.input = input;
    }

    /**
     * @throws LogCorruptException if the file is no part, or damaged; names it
     * @throws LogFormatException if it is one of a later version
     * @throws IOException if the storage fails
     */
    static PageTable read(FileInput input) throws IOException {
        return new PartFooter(input).table();
    }

    private PageTable table() throws IOException {
        long end = input.size() - TAIL_BYTES;
        if (end < 4) {
            throw corrupt("file too short for a part", "at least 12 bytes", input.size(), 0);
        }
        ByteBuffer tail = bytes(end, TAIL_BYTES);
        long length = tail.getInt();
        int magic = tail.getInt();
        if (magic != MAGIC) {
            throw corrupt("no Parquet file at its end", "PAR1", Integer.toHexString(magic), end + 4);
        }
        if (length < 1 || length > Math.min(end - 4, MAX_BYTES)) {
            throw corrupt("length of the footer", "1 to " + Math.min(end - 4, MAX_BYTES), length, end);
        }
        ByteBuffer footer = bytes(end - length, (int) length);
        CRC32C checksum = new CRC32C();
        checksum.update(footer.duplicate());
        try {
            FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer.array()));
            return table(metadata, (int) checksum.getValue());
        } catch (IOException | RuntimeException e) {
            throw unreadable(e, end - length);
        }
    }

    private PageTable table(FileMetaData metadata, int checksum) throws IOException {
        Map<String, String> keys = keys(metadata);
        int dimension = Integer.parseInt(keys.getOrDefault(PartWriter.DIMENSION_KEY, "-1"));
        int vectors = Integer.parseInt(keys.getOrDefault(PartWriter.VECTORS_KEY, "-1"));
        long rows = metadata.getNum_rows();
        if (rows < 1 || rows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("rows of a part, expected 1 to 2^31 - 1, rows=" + rows);
        }
        schema = PartSchema.of(PartColumn.parse(keys.getOrDefault(PartWriter.COLUMNS_KEY, "")));
        Map<Long, OffsetIndex> indexes = indexes(metadata);
        List<ColumnPages> columns = new ArrayList<>();
        for (int column = 0; column < schema.columns(); column++) {
            columns.add(pages(metadata, column, indexes));
        }
        return new PageTable(dimension, (int) rows, vectors, input.size(), checksum, columns, schema.typed());
    }

    private Map<String, String> keys(FileMetaData metadata) {
        Map<String, String> keys = new TreeMap<>();
        if (metadata.isSetKey_value_metadata()) {
            metadata.getKey_value_metadata().forEach(pair -> keys.put(pair.getKey(), pair.getValue()));
        }
        String format = keys.get(PartWriter.FORMAT_KEY);
        if (format == null) {
            throw new IllegalArgumentException("no part of a store, missing key=" + PartWriter.FORMAT_KEY);
        }
        int version = Integer.parseInt(format);
        if (version < PartWriter.FORMAT || version > PartWriter.TYPED_FORMAT) {
            throw new LogFormatException(
                    version,
                    PartWriter.FORMAT,
                    PartWriter.TYPED_FORMAT,
                    input.location().toString());
        }
        return keys;
    }

    private ColumnChunk chunk(RowGroup group, int column) {
        ColumnChunk chunk = group.getColumns().get(column);
        List<String> expected = List.of(schema.column(column).getPath());
        if (!chunk.getMeta_data().getPath_in_schema().equals(expected)) {
            throw new IllegalArgumentException("column of a part, expected=" + expected + ", actual="
                    + chunk.getMeta_data().getPath_in_schema());
        }
        CompressionCodec codec =
                CompressionCodec.valueOf(PartSchema.codec(column).name());
        if (chunk.getMeta_data().getCodec() != codec) {
            throw new IllegalArgumentException("codec of column " + expected + ", expected=" + codec + ", actual="
                    + chunk.getMeta_data().getCodec());
        }
        return chunk;
    }

    /** All offset indexes lie between the last row group and the footer: one read. */
    private Map<Long, OffsetIndex> indexes(FileMetaData metadata) throws IOException {
        long begin = Long.MAX_VALUE;
        long end = 0;
        for (RowGroup group : metadata.getRow_groups()) {
            for (int column = 0; column < schema.columns(); column++) {
                ColumnChunk chunk = chunk(group, column);
                begin = Math.min(begin, chunk.getOffset_index_offset());
                end = Math.max(end, chunk.getOffset_index_offset() + chunk.getOffset_index_length());
            }
        }
        if (begin < 4 || end > input.size() || end - begin > MAX_BYTES || begin >= end) {
            throw new IllegalArgumentException("offset indexes where they cannot be, begin=" + begin + ", end=" + end);
        }
        byte[] bytes = bytes(begin, (int) (end - begin)).array();
        Map<Long, OffsetIndex> indexes = new TreeMap<>();
        for (RowGroup group : metadata.getRow_groups()) {
            for (int column = 0; column < schema.columns(); column++) {
                ColumnChunk chunk = chunk(group, column);
                int from = (int) (chunk.getOffset_index_offset() - begin);
                indexes.put(
                        chunk.getOffset_index_offset(),
                        Util.readOffsetIndex(new ByteArrayInputStream(bytes, from, chunk.getOffset_index_length())));
            }
        }
        return indexes;
    }

    private ColumnPages pages(FileMetaData metadata, int column, Map<Long, OffsetIndex> indexes) {
        int count = 0;
        for (RowGroup group : metadata.getRow_groups()) {
            count += locations(group, column, indexes).size();
        }
        ColumnPages pages = new ColumnPages(new long[count], new int[count], new int[count]);
        int page = 0;
        long before = 0;
        for (RowGroup group : metadata.getRow_groups()) {
            for (PageLocation location : locations(group, column, indexes)) {
                pages.offsets()[page] = location.getOffset();
                pages.bytes()[page] = location.getCompressed_page_size();
                pages.firstRows()[page++] = Math.toIntExact(before + location.getFirst_row_index());
            }
            before += group.getNum_rows();
        }
        return pages;
    }

    private List<PageLocation> locations(RowGroup group, int column, Map<Long, OffsetIndex> indexes) {
        return indexes.get(chunk(group, column).getOffset_index_offset()).getPage_locations();
    }

    private ByteBuffer bytes(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        input.read(offset, bytes);
        return bytes.flip();
    }

    private LogCorruptException corrupt(String fact, String expected, Object actual, long offset) {
        return new LogCorruptException(
                fact, expected, actual.toString(), offset, input.location().toString());
    }

    private LogCorruptException unreadable(Exception e, long offset) {
        if (e instanceof LogCorruptException corrupt) {
            return corrupt;
        }
        if (e instanceof LogFormatException format) {
            throw format;
        }
        LogCorruptException corrupt = corrupt("footer of a part is not readable", "a footer", e.getMessage(), offset);
        corrupt.initCause(e);
        return corrupt;
    }
}
