package org.seawall.viper.part;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.zip.CRC32;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.seawall.LogCorruptException;
import org.seawall.spi.filesystem.FileInput;

/**
 * Reads pages and vectors of a part by their addresses, in ranges of the file. Safe for use by several threads. A page's checksum is
 * verified with the page; a single vector that is read in place is not covered by one.
 */
public final class PartReader implements AutoCloseable {
    private static final int MAX_PAGE_BYTES = 1 << 30;

    private final FileInput input;
    private final PageTable table;
    private final PartSchema schema;
    private final BitSet verified = new BitSet();
    private final Decompression decompression = new Decompression();

    /**
     * A reader of a part whose page table is known, from a sidecar.
     *
     * @param input the part; closed with this
     * @param table its pages
     * @throws LogCorruptException if the file is of another length
     */
    public PartReader(FileInput input, PageTable table) {
        this.input = input;
        this.table = table;
        this.schema = PartSchema.of(table.typed());
        if (input.size() != table.fileBytes()) {
            throw new LogCorruptException(
                    "part of another length",
                    Long.toString(table.fileBytes()),
                    Long.toString(input.size()),
                    0,
                    input.location().toString());
        }
    }

    /**
     * A reader of a part of which nothing is known.
     *
     * @param input the part; closed with the reader
     * @return the reader
     * @throws LogCorruptException if it is no part, or damaged
     * @throws IOException if the storage fails
     */
    public static PartReader open(FileInput input) throws IOException {
        return new PartReader(input, PartFooter.read(input));
    }

    /**
     * Where everything is.
     *
     * @return the part's page table
     */
    public PageTable table() {
        return table;
    }

    PartSchema schema() {
        return schema;
    }

    /**
     * Reads one vector in place.
     *
     * @param row a row with a vector
     * @param bytes takes the bytes, little-endian: its first {@code 4 * dimension}
     * @throws IOException if the storage fails
     */
    public void vector(int row, ByteBuffer bytes) throws IOException {
        bytes.clear().limit(4 * table.dimension());
        input.read(table.vectorOffset(row), bytes);
        bytes.flip();
    }

    /**
     * Brings vectors that are about to be read, all at once, if each would be a request to another machine.
     *
     * @param rows rows with a vector
     * @throws IOException if the storage fails
     */
    public void ahead(int[] rows) throws IOException {
        if (input instanceof CachedInput cached) {
            long[] offsets = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                offsets[i] = table.vectorOffset(rows[i]);
            }
            cached.ahead(offsets, 4 * table.dimension());
        }
    }

    /**
     * How many pages of vectors there are.
     *
     * @return pages, in the order of rows, which hold {@link PageTable#vectors()} rows together
     */
    public int vectorPages() {
        return table.vectors() == 0 ? 0 : vectorColumn().page(table.vectors() - 1) + 1;
    }

    /**
     * The first row of a page of vectors.
     *
     * @param page from 0 on; {@link #vectorPages()} gives the row behind all
     * @return its number
     */
    public int firstRow(int page) {
        return page == vectorPages() ? table.vectors() : vectorColumn().firstRows()[page];
    }

    /**
     * Reads the vectors of a page, whose checksum is verified at the first time.
     *
     * @param page from 0 on
     * @return the components of its rows, one behind the other, little-endian
     * @throws LogCorruptException if the page is damaged
     * @throws IOException if the storage fails
     */
    public ByteBuffer vectorPage(int page) throws IOException {
        byte[] bytes = new byte[vectorColumn().bytes()[page]];
        input.read(vectorColumn().offsets()[page], ByteBuffer.wrap(bytes));
        synchronized (verified) {
            if (!verified.get(page)) {
                verify(PartSchema.VECTOR, page, bytes);
                verified.set(page);
            }
        }
        int length = 4 * table.dimension() * (firstRow(page + 1) - firstRow(page));
        return ByteBuffer.wrap(bytes, bytes.length - length, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ColumnPages vectorColumn() {
        return table.columns().get(PartSchema.VECTOR);
    }

    PageDecoder page(int column, int page) throws IOException {
        ColumnPages pages = table.columns().get(column);
        byte[] bytes = new byte[pages.bytes()[page]];
        input.read(pages.offsets()[page], ByteBuffer.wrap(bytes));
        try {
            Plain plain = plain(column, bytes);
            return new PageDecoder(plain.bytes(), plain.values(), schema.column(column));
        } catch (IOException | RuntimeException e) {
            throw corrupt(column, page, e);
        }
    }

    private void verify(int column, int page, byte[] bytes) {
        try {
            plain(column, bytes);
        } catch (IOException | RuntimeException e) {
            throw corrupt(column, page, e);
        }
    }

    /** A page without its header, verified and not compressed, and how many values its header tells. */
    private record Plain(byte[] bytes, int values) {}

    private Plain plain(int column, byte[] bytes) throws IOException {
        ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
        PageHeader header = Util.readPageHeader(stream);
        int begin = bytes.length - stream.available();
        check(header, bytes, begin);
        byte[] plain = decompression.plain(Compression.of(column), bytes, begin, header.getUncompressed_page_size());
        return new Plain(plain, header.getData_page_header().getNum_values());
    }

    private static void check(PageHeader header, byte[] bytes, int begin) throws IOException {
        int length = bytes.length - begin;
        if (!header.isSetData_page_header() || header.getCompressed_page_size() != length) {
            throw new IOException(
                    "no data page of the length, expected=" + length + ", actual=" + header.getCompressed_page_size());
        }
        int plain = header.getUncompressed_page_size();
        if (plain < 0 || plain > MAX_PAGE_BYTES || header.getData_page_header().getNum_values() < 0) {
            throw new IOException("size of a page, limit=" + MAX_PAGE_BYTES + ", bytes=" + plain);
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, begin, length);
        if (!header.isSetCrc() || header.getCrc() != (int) checksum.getValue()) {
            throw new IOException("checksum of a page, expected=" + Integer.toHexString(header.getCrc()) + ", actual="
                    + Integer.toHexString((int) checksum.getValue()));
        }
    }

    LogCorruptException corrupt(int column, int page, Exception cause) {
        LogCorruptException corrupt = new LogCorruptException(
                "page of a part is damaged, column="
                        + String.join(".", schema.column(column).getPath()) + ", page=" + page,
                "a page",
                cause.getMessage(),
                table.columns().get(column).offsets()[page],
                input.location().toString());
        corrupt.initCause(cause);
        return corrupt;
    }

    @Override
    public void close() throws IOException {
        decompression.close();
        input.close();
    }
}
