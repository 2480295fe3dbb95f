package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * What a file says of itself at its end, as far as it can be held against the file.
 *
 * @param fields the columns
 * @param groups the row groups, whose chunks lie within the file
 * @param sealed whether it is one of ours, of which every page has a checksum
 */
record Footer(List<Field> fields, List<RowGroup> groups, boolean sealed) {
    private static final int MAGIC = 0x31524150;
    private static final int ENCRYPTED = 0x45524150;
    private static final int TAIL_BYTES = 8;
    private static final int MAX_BYTES = 256 << 20;
    private static final String PART_KEY = "seawall.part";

    /**
     * @throws IllegalArgumentException if the file is no Parquet file, or damaged or encrypted
     * @throws IOException if it cannot be read
     */
    static Footer read(FileChannel file) throws IOException {
        long end = file.size() - TAIL_BYTES;
        if (end < Integer.BYTES) {
            throw new IllegalArgumentException(
                    "too short for a Parquet file, expected=at least 12 bytes, actual=" + file.size());
        }
        ByteBuffer tail = bytes(file, end, TAIL_BYTES);
        long length = tail.getInt();
        checkMagic(tail.getInt(), "end");
        checkMagic(bytes(file, 0, Integer.BYTES).getInt(), "begin");
        long limit = Math.min(end - Integer.BYTES, Math.min(MAX_BYTES, ChunkPages.maxBytes()));
        if (length < 1 || length > limit) {
            throw new IllegalArgumentException("length of the footer, expected=1 to " + limit + ", actual=" + length);
        }
        FileMetaData metadata =
                Thrift.footer(bytes(file, end - length, (int) length).array());
        List<Field> fields = Field.of(metadata.getSchema());
        check(metadata, Leaves.of(fields), end - length);
        boolean sealed = isSealed(metadata, fields);
        if (sealed) {
            checkOrder(metadata.getRow_groups());
        }
        return new Footer(fields, metadata.getRow_groups(), sealed);
    }

    private static void checkMagic(int magic, String where) {
        if (magic == ENCRYPTED) {
            throw new IllegalArgumentException("encrypted file, expected one that is not");
        }
        if (magic != MAGIC) {
            throw new IllegalArgumentException("no Parquet file, or cut off, expected=PAR1 at its " + where
                    + ", actual=" + Integer.toHexString(Integer.reverseBytes(magic)));
        }
    }

    /** Everything that the reader goes by is within the file, and the numbers fit each other. */
    private static void check(FileMetaData metadata, List<Leaf> leaves, long end) {
        long rows = 0;
        for (RowGroup group : metadata.getRow_groups()) {
            if (group.getNum_rows() < 0 || group.getColumnsSize() != leaves.size()) {
                throw new IllegalArgumentException("row group, expected columns=" + leaves.size() + ", actual="
                        + group.getColumnsSize() + ", rows=" + group.getNum_rows());
            }
            rows += group.getNum_rows();
            for (Leaf leaf : leaves) {
                check(group.getColumns().get(leaf.index()), leaf, end);
            }
        }
        if (rows != metadata.getNum_rows()) {
            throw new IllegalArgumentException(
                    "rows of the file, expected=" + metadata.getNum_rows() + ", actual=" + rows + " in its row groups");
        }
    }

    private static void check(ColumnChunk chunk, Leaf leaf, long end) {
        if (chunk.isSetFile_path() && !chunk.getFile_path().isEmpty()) {
            throw new IllegalArgumentException("column in another file, column=" + leaf.path());
        }
        if (!chunk.isSetMeta_data()) {
            // encrypted with a key of its own; it matters if somebody reads it
            return;
        }
        ColumnMetaData metadata = chunk.getMeta_data();
        if (metadata.getType() != leaf.type()
                || !String.join(".", metadata.getPath_in_schema()).equals(leaf.path())) {
            throw new IllegalArgumentException("column of a row group, expected=" + leaf.path() + " " + leaf.type()
                    + ", actual=" + String.join(".", metadata.getPath_in_schema()) + " " + metadata.getType());
        }
        long begin = begin(metadata);
        long length = metadata.getTotal_compressed_size();
        if (begin < Integer.BYTES || begin > end || length < 0 || length > end - begin) {
            throw new IllegalArgumentException("column is not within the file, offset=" + begin + ", bytes=" + length
                    + ", limit=" + end + ", column=" + leaf.path());
        }
    }

    /** In ours one column is behind the other, or an offset is damaged and may be that of another one's page. */
    private static void checkOrder(List<RowGroup> groups) {
        long expected = Integer.BYTES;
        for (RowGroup group : groups) {
            for (ColumnChunk chunk : group.getColumns()) {
                long begin = begin(chunk.getMeta_data());
                if (begin != expected) {
                    throw new IllegalArgumentException("column is not behind the one before it, expected=" + expected
                            + ", actual=" + begin + ", column="
                            + String.join(".", chunk.getMeta_data().getPath_in_schema()));
                }
                expected += chunk.getMeta_data().getTotal_compressed_size();
            }
        }
    }

    /** Where the first page of a chunk is, which may be its dictionary. */
    static long begin(ColumnMetaData chunk) {
        long data = chunk.getData_page_offset();
        long dictionary = chunk.isSetDictionary_page_offset() ? chunk.getDictionary_page_offset() : 0;
        return dictionary > 0 && dictionary < data ? dictionary : data;
    }

    /** One of ours has our key; an export has our columns too, or a name in it is damaged. */
    private static boolean isSealed(FileMetaData metadata, List<Field> fields) {
        List<String> keys = metadata.isSetKey_value_metadata()
                ? metadata.getKey_value_metadata().stream()
                        .map(pair -> pair.getKey())
                        .toList()
                : List.of();
        if (keys.contains(ExportSchema.KEY_NAME) && !fields.toString().equals(ExportSchema.FIELDS)) {
            throw new IllegalArgumentException(
                    "columns of an export, expected=" + ExportSchema.FIELDS + ", actual=" + fields);
        }
        return keys.contains(ExportSchema.KEY_NAME) || keys.contains(PART_KEY);
    }

    private static ByteBuffer bytes(FileChannel file, long offset, int length) throws IOException {
        return ByteBuffer.wrap(new ChunkStream(file, offset, offset + length).take(length))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
