package org.seawall.viper.part;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How pages are compressed: not at all, or by Zstandard. Without state. */
enum Compression implements BytesInputCompressor {
    NONE {
        @Override
        public BytesInput compress(BytesInput page) {
            return page;
        }

        @Override
        byte[] decompress(byte[] page, int begin, int uncompressedBytes) throws IOException {
            byte[] bytes = new byte[uncompressedBytes];
            System.arraycopy(page, begin, bytes, 0, uncompressedBytes);
            return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }
    },
    ZSTD {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) page.size());
            page.writeAllTo(bytes);
            return BytesInput.from(Zstd.compress(bytes.toByteArray(), LEVEL));
        }

        @Override
        byte[] decompress(byte[] page, int begin, int uncompressedBytes) throws IOException {
            byte[] bytes = new byte[uncompressedBytes];
            long length = Zstd.decompressByteArray(bytes, 0, bytes.length, page, begin, page.length - begin);
            if (Zstd.isError(length) || length != uncompressedBytes) {
                String actual = Zstd.isError(length) ? Zstd.getErrorName(length) : Long.toString(length);
                throw new IOException("page does not decompress, expected=" + uncompressedBytes + ", actual=" + actual);
            }
            return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }
    };

    private static final int LEVEL = 1;

    static Compression of(int column) {
        return PartSchema.codec(column) == CompressionCodecName.ZSTD ? ZSTD : NONE;
    }

    abstract byte[] decompress(byte[] page, int begin, int uncompressedBytes) throws IOException;

    @Override
    public void release() {
        // nothing is held
    }
}
