package org.seawall.viper.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

class BlockCacheTest {
    private static final int SIZE = 40 * BlockCache.BLOCK_BYTES + 123;

    private final byte[] content = new byte[SIZE];
    private final AtomicInteger reads = new AtomicInteger();
    private final BlockCache cache = new BlockCache(10L * BlockCache.BLOCK_BYTES);
    private final FileInput input = cache.over(new Counted());
    private volatile CountDownLatch together = new CountDownLatch(0);
    private volatile boolean failing;

    BlockCacheTest() {
        new Random(1).nextBytes(content);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private byte[] read(long offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        input.read(offset, target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    @Test
    void whatIsReadIsWhatIsThere() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            int length = random.nextInt(i % 10 == 0 ? 6 * BlockCache.BLOCK_BYTES : 5_000);
            int offset = random.nextInt(SIZE - length + 1);
            assertArrayEquals(Arrays.copyOfRange(content, offset, offset + length), read(offset, length));
            assertTrue(cache.bytes() <= 10L * BlockCache.BLOCK_BYTES);
        }
        assertArrayEquals(Arrays.copyOfRange(content, SIZE - 5, SIZE), read(SIZE - 5, 5));
        assertThrows(EOFException.class, () -> read(SIZE - 4, 5));
        assertEquals(SIZE, input.size());
    }

    @Test
    void aBlockIsBroughtOnceUntilTheLimitIsPassed() throws IOException {
        read(10, 100);
        read(500, 1_000);
        assertEquals(1, reads.get());
        read(BlockCache.BLOCK_BYTES - 1, 2);
        assertEquals(2, reads.get(), "the second block");
        for (int i = 0; i < 10; i++) {
            read((long) (i + 2) * BlockCache.BLOCK_BYTES, 1);
        }
        assertEquals(12, reads.get());
        read(10, 1);
        assertEquals(13, reads.get(), "it was the least recently used");
        read(11L * BlockCache.BLOCK_BYTES, 1);
        assertEquals(13, reads.get());
        read(0, 4 * BlockCache.BLOCK_BYTES);
        assertEquals(14, reads.get(), "what is long is read past the cache");
        cache.limit(0);
        assertEquals(0, cache.bytes());
    }

    /** Each waits until all are there. */
    @Test
    void severalAreBroughtAtOnce() throws IOException {
        together = new CountDownLatch(5);
        ((CachedInput) input)
                .ahead(
                        new long[] {0, 70, 2L * BlockCache.BLOCK_BYTES - 1, 5L * BlockCache.BLOCK_BYTES, SIZE - 100},
                        100);
        assertEquals(5, reads.get());
        read(2L * BlockCache.BLOCK_BYTES - 50, 100);
        read(SIZE - 100, 100);
        assertEquals(5, reads.get());
    }

    @Test
    void aFailureIsToldAndNotKept() throws IOException {
        failing = true;
        assertThrows(IOException.class, () -> ((CachedInput) input).ahead(new long[] {0, SIZE - 1}, 1));
        assertThrows(IOException.class, () -> read(0, 1));
        failing = false;
        assertArrayEquals(Arrays.copyOf(content, 9), read(0, 9));
        cache.close();
        ((CachedInput) input).ahead(new long[] {10L * BlockCache.BLOCK_BYTES}, 1);
        assertArrayEquals(
                Arrays.copyOfRange(content, SIZE - 9, SIZE), read(SIZE - 9, 9), "a view may outlive the threads");
    }

    private final class Counted implements FileInput {
        @Override
        public Location location() {
            return Location.parse("memory:/part");
        }

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            reads.incrementAndGet();
            together.countDown();
            try {
                together.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failing) {
                throw new IOException("failing");
            }
            target.put(content, (int) offset, target.remaining());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
