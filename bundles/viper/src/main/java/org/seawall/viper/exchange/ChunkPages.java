package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Type;

/** The pages of a column chunk in their order, of which one is in memory, beside the dictionary. */
final class ChunkPages {
    private static final long MAX_PAGE_BYTES = 1L << 30;

    private final ColumnMetaData chunk;
    private final Leaf column;
    private final boolean sealed;
    private final Decompressor decompressor;
    private final ChunkStream bytes;
    private final long begin;
    private Optional<Dictionary> dictionary = Optional.empty();
    private long values;
    private long offset;

    /**
     * @param chunk within the file
     * @param sealed whether each page has a checksum, and an encoding of those that the chunk tells
     */
    ChunkPages(FileChannel file, ColumnMetaData chunk, Leaf column, boolean sealed, Decompressor decompressor) {
        this.chunk = chunk;
        this.column = column;
        this.sealed = sealed;
        this.decompressor = decompressor;
        this.begin = Footer.begin(chunk);
        this.offset = begin;
        this.bytes = new ChunkStream(file, begin, begin + chunk.getTotal_compressed_size());
    }

    /** The longest page, a quarter of the memory at most: of each column one is in memory, once or twice. */
    static long maxBytes() {
        return Math.min(MAX_PAGE_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    /** Where the page is that was read last. */
    long offset() {
        return offset;
    }

    /** How many bytes were read. */
    long consumed() {
        return bytes.position() - begin;
    }

    /**
     * The next page with values.
     *
     * @throws RuntimeException if it is damaged
     * @throws IOException if the file cannot be read
     */
    Optional<Page> next() throws IOException {
        while (bytes.left() > 0 && values < chunk.getNum_values()) {
            offset = bytes.position();
            PageHeader header = Thrift.pageHeader(bytes, bytes.left());
            byte[] stored = bytes.take(header.getCompressed_page_size());
            check(header, stored);
            if (header.isSetDictionary_page_header()) {
                takeDictionary(header, stored);
            } else if (header.isSetData_page_header()) {
                return Optional.of(counted(first(header, stored)));
            } else if (header.isSetData_page_header_v2()) {
                return Optional.of(counted(second(header, stored)));
            }
        }
        if (values != chunk.getNum_values()) {
            throw new IllegalArgumentException(
                    "values of a column, expected=" + chunk.getNum_values() + ", actual=" + values);
        }
        return Optional.empty();
    }

    private void check(PageHeader header, byte[] stored) {
        int plain = header.getUncompressed_page_size();
        if (plain < 0 || plain > maxBytes()) {
            throw new IllegalArgumentException(
                    "page too large for the memory, bytes=" + plain + ", limit=" + maxBytes());
        }
        CRC32 checksum = new CRC32();
        checksum.update(stored);
        int actual = (int) checksum.getValue();
        if (header.isSetCrc() ? header.getCrc() != actual : sealed) {
            throw new IllegalArgumentException("checksum of a page, expected="
                    + (header.isSetCrc() ? Integer.toHexString(header.getCrc()) : "one") + ", actual="
                    + Integer.toHexString(actual));
        }
    }

    private Page counted(Page page) {
        values += page.count();
        return page;
    }

    private void takeDictionary(PageHeader header, byte[] stored) throws IOException {
        DictionaryPageHeader head = header.getDictionary_page_header();
        checkEncoding(head.getEncoding(), List.of(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY));
        if (dictionary.isPresent()) {
            throw new IllegalArgumentException("a second dictionary, expected one");
        }
        byte[] plain = decompressor.plain(chunk.getCodec(), stored, 0, header.getUncompressed_page_size());
        dictionary = Optional.of(Dictionary.of(little(plain, 0, plain.length), column, head.getNum_values()));
    }

    /** Of version 1: levels and values are compressed together, the levels with their lengths before them. */
    private Page first(PageHeader header, byte[] stored) throws IOException {
        DataPageHeader head = header.getData_page_header();
        byte[] plain = decompressor.plain(chunk.getCodec(), stored, 0, header.getUncompressed_page_size());
        ByteBuffer all = little(plain, 0, plain.length);
        RunLengths repetitions = levels(all, column.maxRepetition(), head.getRepetition_level_encoding());
        RunLengths definitions = levels(all, column.maxDefinition(), head.getDefinition_level_encoding());
        int count = checkedCount(head.getNum_values());
        return new Page(count, repetitions, definitions, values(head.getEncoding(), all, count));
    }

    private static RunLengths levels(ByteBuffer all, int largest, Encoding encoding) {
        if (largest == 0) {
            return new RunLengths(ByteBuffer.allocate(0), 0);
        }
        if (encoding != Encoding.RLE) {
            throw new IllegalArgumentException("encoding of levels, expected=RLE, actual=" + encoding);
        }
        return new RunLengths(sliced(all, all.getInt()), RunLengths.width(largest));
    }

    /** Of version 2: the levels are not compressed, and their lengths are in the header. */
    private Page second(PageHeader header, byte[] stored) throws IOException {
        DataPageHeaderV2 head = header.getData_page_header_v2();
        ByteBuffer all = little(stored, 0, stored.length);
        ByteBuffer repetitions = sliced(all, head.getRepetition_levels_byte_length());
        ByteBuffer definitions = sliced(all, head.getDefinition_levels_byte_length());
        int left = header.getUncompressed_page_size() - all.position();
        ByteBuffer rest = all;
        if (all.hasRemaining() && (!head.isSetIs_compressed() || head.isIs_compressed())) {
            byte[] plain = decompressor.plain(chunk.getCodec(), stored, all.position(), left);
            rest = little(plain, 0, plain.length);
        } else if (all.remaining() != left) {
            throw new IllegalArgumentException("length of a page, expected=" + left + ", actual=" + all.remaining());
        }
        int count = checkedCount(head.getNum_values());
        return new Page(
                count,
                new RunLengths(repetitions, RunLengths.width(column.maxRepetition())),
                new RunLengths(definitions, RunLengths.width(column.maxDefinition())),
                values(head.getEncoding(), rest, count));
    }

    private int checkedCount(int count) {
        if (count < 0 || count > chunk.getNum_values() - values) {
            throw new IllegalArgumentException(
                    "values of a page, expected 0 to " + (chunk.getNum_values() - values) + ", actual=" + count);
        }
        return count;
    }

    private Values values(Encoding encoding, ByteBuffer bytes, int count) {
        checkEncoding(encoding, chunk.getEncodings());
        return switch (encoding) {
            case PLAIN -> new PlainValues(bytes, column);
            case PLAIN_DICTIONARY, RLE_DICTIONARY ->
                dictionary
                        .orElseThrow(() -> new IllegalArgumentException("page without the dictionary that it needs"))
                        .values(bytes);
            case RLE -> booleans(bytes);
            case DELTA_BINARY_PACKED -> deltas(bytes, count);
            case DELTA_LENGTH_BYTE_ARRAY -> DeltaBytes.whole(bytes, count);
            case DELTA_BYTE_ARRAY -> DeltaBytes.prefixed(bytes, count);
            case BYTE_STREAM_SPLIT -> new SplitValues(bytes, column);
            default -> throw new IllegalArgumentException("encoding that is not read, encoding=" + encoding);
        };
    }

    private Values deltas(ByteBuffer bytes, int count) {
        checkType(column.type() == Type.INT32 || column.type() == Type.INT64, Encoding.DELTA_BINARY_PACKED);
        return new Deltas(bytes, column.type() == Type.INT32, count);
    }

    private Values booleans(ByteBuffer bytes) {
        checkType(column.type() == Type.BOOLEAN, Encoding.RLE);
        RunLengths runs = new RunLengths(sliced(bytes, bytes.getInt()), 1);
        return new Values() {
            @Override
            long bits() {
                return runs.next();
            }
        };
    }

    /** An encoding that a damaged byte makes of another would give other values without an error. */
    private void checkEncoding(Encoding encoding, List<Encoding> told) {
        if (encoding == null || sealed && !told.contains(encoding)) {
            throw new IllegalArgumentException("encoding of a page, expected one of " + told + ", actual=" + encoding);
        }
    }

    private void checkType(boolean fits, Encoding encoding) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "encoding of other values, encoding=" + encoding + ", type=" + column.type());
        }
    }

    private static ByteBuffer sliced(ByteBuffer from, int length) {
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException(
                    "levels behind the end of a page, bytes=" + length + ", left=" + from.remaining());
        }
        ByteBuffer slice = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        from.position(from.position() + length);
        return slice;
    }

    private static ByteBuffer little(byte[] bytes, int begin, int length) {
        return ByteBuffer.wrap(bytes, begin, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
