package org.seawall.viper.part;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * Decompresses pages, with contexts that are kept: to make one takes longer than a page does. Safe for use by several threads; nobody uses
 * it when it is closed.
 */
final class Decompression implements AutoCloseable {
    private final Queue<ZstdDecompressCtx> idle = new ArrayDeque<>();

    /**
     * @throws IOException if it is not what was compressed
     */
    byte[] plain(Compression compression, byte[] page, int begin, int plainBytes) throws IOException {
        if (compression == Compression.NONE) {
            if (page.length - begin != plainBytes) {
                throw new IOException("length of a page, expected=" + plainBytes + ", actual=" + (page.length - begin));
            }
            return Arrays.copyOfRange(page, begin, page.length);
        }
        ZstdDecompressCtx context = taken();
        try {
            byte[] plain = new byte[plainBytes];
            int length = context.decompressByteArray(plain, 0, plainBytes, page, begin, page.length - begin);
            if (length != plainBytes) {
                throw new IOException("length of a page, expected=" + plainBytes + ", actual=" + length);
            }
            return plain;
        } catch (ZstdException e) {
            throw new IOException("page does not decompress, expected bytes=" + plainBytes, e);
        } finally {
            given(context);
        }
    }

    private ZstdDecompressCtx taken() {
        synchronized (idle) {
            ZstdDecompressCtx kept = idle.poll();
            if (kept != null) {
                return kept;
            }
        }
        return new ZstdDecompressCtx();
    }

    private void given(ZstdDecompressCtx context) {
        synchronized (idle) {
            idle.add(context);
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(ZstdDecompressCtx::close);
            idle.clear();
        }
    }
}
