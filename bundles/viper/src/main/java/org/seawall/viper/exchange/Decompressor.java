package org.seawall.viper.exchange;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.parquet.format.CompressionCodec;

/** Decompresses pages of files whose writers may have chosen anything that does not need native code of its own. For one thread. */
final class Decompressor implements AutoCloseable {
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();

    /**
     * @param begin from where on in the bytes, to their end
     * @param plainBytes how many it must be
     * @throws RuntimeException if it is not what was compressed
     */
    byte[] plain(CompressionCodec codec, byte[] bytes, int begin, int plainBytes) throws IOException {
        if (plainBytes < 0) {
            throw new IllegalArgumentException("length of a page, expected at least 0, actual=" + plainBytes);
        }
        if (codec == null) {
            throw new IllegalArgumentException("unknown compression");
        }
        return switch (codec) {
            case UNCOMPRESSED -> checked(Arrays.copyOfRange(bytes, begin, bytes.length), plainBytes);
            case SNAPPY -> Snappy.plain(bytes, begin, plainBytes);
            case LZ4_RAW -> Lz4.plain(bytes, begin, plainBytes);
            case ZSTD -> zstd(bytes, begin, plainBytes);
            case GZIP -> gzip(bytes, begin, plainBytes);
            default ->
                throw new IllegalArgumentException(
                        "compression that is not read, expected=UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW, actual="
                                + codec);
        };
    }

    private byte[] zstd(byte[] bytes, int begin, int plainBytes) {
        if (Zstd.getFrameContentSize(bytes, begin, bytes.length - begin) > plainBytes) {
            throw new IllegalArgumentException("longer than the page, expected=" + plainBytes);
        }
        byte[] plain = new byte[plainBytes];
        int length = zstd.decompressByteArray(plain, 0, plainBytes, bytes, begin, bytes.length - begin);
        return checked(length == plainBytes ? plain : Arrays.copyOf(plain, length), plainBytes);
    }

    private static byte[] gzip(byte[] bytes, int begin, int plainBytes) throws IOException {
        try (GZIPInputStream stream =
                new GZIPInputStream(new ByteArrayInputStream(bytes, begin, bytes.length - begin))) {
            byte[] plain = checked(stream.readNBytes(plainBytes), plainBytes);
            if (stream.read() >= 0) {
                throw new IllegalArgumentException("longer than the page, expected=" + plainBytes);
            }
            return plain;
        } catch (ZipException | EOFException e) {
            throw new IllegalArgumentException("page does not decompress, expected bytes=" + plainBytes, e);
        }
    }

    static byte[] checked(byte[] plain, int plainBytes) {
        if (plain.length != plainBytes) {
            throw new IllegalArgumentException("length of a page, expected=" + plainBytes + ", actual=" + plain.length);
        }
        return plain;
    }

    @Override
    public void close() {
        zstd.close();
    }
}
