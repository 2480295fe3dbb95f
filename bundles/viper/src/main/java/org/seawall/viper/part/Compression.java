package org.seawall.viper.part;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How pages are compressed: not at all, or by Zstandard. Without state. */
public enum Compression implements BytesInputCompressor {
    NONE {
        @Override
        public BytesInput compress(BytesInput page) {
            return page;
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
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }
    };

    private static final int LEVEL = 1;

    static Compression of(int column) {
        return PartSchema.codec(column) == CompressionCodecName.ZSTD ? ZSTD : NONE;
    }

    @Override
    public void release() {
        // nothing is held
    }
}
