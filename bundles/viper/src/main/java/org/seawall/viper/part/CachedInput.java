package org.seawall.viper.part;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** A file whose blocks are kept in a cache. What is long is read past it. Safe for use by several threads. */
final class CachedInput implements FileInput {
    private static final int LONG_BYTES = 4 * BlockCache.BLOCK_BYTES;

    private final FileInput file;
    private final BlockCache cache;
    private final String name;

    CachedInput(FileInput file, BlockCache cache) {
        this.file = file;
        this.cache = cache;
        this.name = file.location().toString();
    }

    @Override
    public Location location() {
        return file.location();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (target.remaining() >= LONG_BYTES) {
            file.read(offset, target);
            return;
        }
        if (offset < 0 || offset + target.remaining() > size()) {
            throw new EOFException("file ends before, offset=" + offset + ", bytes=" + target.remaining() + ", size="
                    + size() + ", file=" + name);
        }
        long at = offset;
        while (target.hasRemaining()) {
            byte[] block = block(at / BlockCache.BLOCK_BYTES);
            int from = (int) (at % BlockCache.BLOCK_BYTES);
            int length = Math.min(target.remaining(), block.length - from);
            target.put(block, from, length);
            at += length;
        }
    }

    private byte[] block(long number) throws IOException {
        Optional<byte[]> known = cache.block(new BlockCache.Block(name, number));
        return known.isPresent() ? known.get() : bring(number);
    }

    private byte[] bring(long number) throws IOException {
        long begin = number * BlockCache.BLOCK_BYTES;
        byte[] block = new byte[(int) Math.min(BlockCache.BLOCK_BYTES, size() - begin)];
        file.read(begin, ByteBuffer.wrap(block));
        cache.put(new BlockCache.Block(name, number), block);
        return block;
    }

    /** Brings what is not there yet of several places, all at once. */
    void ahead(long[] offsets, int length) throws IOException {
        TreeSet<Long> missing = new TreeSet<>();
        for (long offset : offsets) {
            long last = (offset + length - 1) / BlockCache.BLOCK_BYTES;
            for (long number = offset / BlockCache.BLOCK_BYTES; number <= last; number++) {
                if (cache.block(new BlockCache.Block(name, number)).isEmpty()) {
                    missing.add(number);
                }
            }
        }
        List<BlockCache.Load> loads = new ArrayList<>();
        missing.forEach(number -> loads.add(() -> bring(number)));
        cache.together(loads);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
