package org.seawall.viper.part;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where everything in a part is: the pages of all its columns. A value that was checked: pages are in the file, one behind the other, and
 * cover all rows.
 *
 * @param dimension components of each vector
 * @param rows how many rows there are
 * @param vectors how many of them have a vector; those come first
 * @param fileBytes length of the file
 * @param footerChecksum CRC-32C of the file's footer, by which a sidecar knows its part
 * @param columns the pages of each column, in the order of the schema
 * @param typed the typed columns, which are the last of them
 */
public record PageTable(
        int dimension,
        int rows,
        int vectors,
        long fileBytes,
        int footerChecksum,
        List<ColumnPages> columns,
        List<PartColumn> typed) {

    /**
     * Checks what came from a storage.
     *
     * @throws IllegalArgumentException if it cannot be; the message says what
     */
    public PageTable {
        columns = List.copyOf(columns);
        typed = List.copyOf(typed);
        int expected = PartSchema.COLUMNS + typed.size();
        if (columns.size() != expected) {
            throw new IllegalArgumentException(
                    "columns of a part, expected=" + expected + ", actual=" + columns.size());
        }
        if (rows < 1 || vectors < 0 || vectors > rows || dimension < 0) {
            throw new IllegalArgumentException(
                    "rows of a part, rows=" + rows + ", vectors=" + vectors + ", dimension=" + dimension);
        }
        for (int i = 0; i < columns.size(); i++) {
            check(i, columns.get(i), rows, fileBytes);
        }
        checkVectors(columns.get(PartSchema.VECTOR), rows, vectors, dimension);
    }

    private static void check(int column, ColumnPages pages, int rows, long fileBytes) {
        long behind = 4;
        for (int page = 0; page < pages.count(); page++) {
            boolean inFile = pages.offsets()[page] >= behind
                    && pages.bytes()[page] > 0
                    && pages.offsets()[page] <= fileBytes - pages.bytes()[page];
            int first = pages.firstRows()[page];
            boolean inOrder = page == 0 ? first == 0 : first > pages.firstRows()[page - 1];
            if (!inFile || !inOrder || first >= rows) {
                throw new IllegalArgumentException(
                        "page where it cannot be, column=" + column + ", page=" + page + ", offset="
                                + pages.offsets()[page] + ", bytes=" + pages.bytes()[page] + ", firstRow=" + first);
            }
            behind = pages.offsets()[page] + pages.bytes()[page];
        }
        if (pages.count() == 0) {
            throw new IllegalArgumentException("column without a page, column=" + column);
        }
    }

    private static void checkVectors(ColumnPages pages, int rows, int vectors, int dimension) {
        for (int page = 0; page < pages.count(); page++) {
            int first = pages.firstRows()[page];
            long floats = first >= vectors ? 0 : 4L * dimension * (pages.end(page, rows) - first);
            if (floats > pages.bytes()[page] || first < vectors && pages.end(page, rows) > vectors) {
                throw new IllegalArgumentException("page of vectors of another length, page=" + page + ", expected="
                        + floats + ", bytes=" + pages.bytes()[page]);
            }
        }
    }

    /**
     * Where a row's vector is.
     *
     * @param row a row with a vector
     * @return offset in the file of its {@code 4 * dimension} bytes, little-endian
     */
    public long vectorOffset(int row) {
        ColumnPages pages = columns.get(PartSchema.VECTOR);
        int page = pages.page(row);
        int first = pages.firstRows()[page];
        long end = pages.offsets()[page] + pages.bytes()[page];
        return end - 4L * dimension * (pages.end(page, rows) - row);
    }

    /**
     * Bytes of {@link #write}.
     *
     * @return how many
     */
    public int encodedBytes() {
        int names = typed.isEmpty() ? 0 : 4 + names().length;
        return 28 + columns.stream().mapToInt(pages -> 4 + 16 * pages.count()).sum() + names;
    }

    /**
     * Writes it into a sidecar.
     *
     * @param target little-endian, with room for {@link #encodedBytes()}
     */
    public void write(ByteBuffer target) {
        target.putInt(dimension).putInt(rows).putInt(vectors).putLong(fileBytes).putInt(footerChecksum);
        target.putInt(columns.size());
        for (ColumnPages pages : columns) {
            target.putInt(pages.count());
            for (int i = 0; i < pages.count(); i++) {
                target.putLong(pages.offsets()[i]).putInt(pages.bytes()[i]).putInt(pages.firstRows()[i]);
            }
        }
        if (!typed.isEmpty()) {
            target.putInt(names().length).put(names());
        }
    }

    private byte[] names() {
        return PartColumn.format(typed).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param source little-endian; its position is behind the table afterwards
     * @return the table
     * @throws IllegalArgumentException if it cannot be
     * @throws java.nio.BufferUnderflowException if it ends too early
     */
    public static PageTable read(ByteBuffer source) {
        int dimension = source.getInt();
        int rows = source.getInt();
        int vectors = source.getInt();
        long fileBytes = source.getLong();
        int checksum = source.getInt();
        ColumnPages[] columns = new ColumnPages[counted(source, 4)];
        for (int c = 0; c < columns.length; c++) {
            int count = counted(source, 16);
            ColumnPages pages = new ColumnPages(new long[count], new int[count], new int[count]);
            for (int i = 0; i < count; i++) {
                pages.offsets()[i] = source.getLong();
                pages.bytes()[i] = source.getInt();
                pages.firstRows()[i] = source.getInt();
            }
            columns[c] = pages;
        }
        byte[] names = new byte[source.hasRemaining() ? counted(source, 1) : 0];
        source.get(names);
        List<PartColumn> typed = PartColumn.parse(new String(names, StandardCharsets.UTF_8));
        return new PageTable(dimension, rows, vectors, fileBytes, checksum, List.of(columns), typed);
    }

    /** A count of things that take so many bytes each, which must be there. */
    private static int counted(ByteBuffer source, int bytesEach) {
        int count = source.getInt();
        if (count < 0 || count > source.remaining() / bytesEach) {
            throw new IllegalArgumentException(
                    "count beyond the end, count=" + count + ", bytes left=" + source.remaining());
        }
        return count;
    }
}
