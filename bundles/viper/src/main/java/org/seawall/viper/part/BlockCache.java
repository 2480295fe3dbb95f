package org.seawall.viper.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.seawall.LogUnavailableException;
import org.seawall.spi.filesystem.FileInput;

/**
 * Blocks of files that never change, in memory within a limit, the least recently used first to go: what a request to an object store
 * brought is not asked for again. Several are brought at once by threads of its own, {@code seawall-viper-read-N}, which end when there is
 * nothing to do for a while. Safe for use by several threads.
 */
public final class BlockCache implements AutoCloseable {
    /** Some twenty vectors of 768 components: less is hardly faster to bring. */
    static final int BLOCK_BYTES = 1 << 16;

    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 10;

    private final Map<Block, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private final ThreadPoolExecutor threads;
    private long limitBytes;
    private long bytes;

    /** A block of a file, by its number. */
    record Block(String file, long number) {}

    /**
     * A cache without a block.
     *
     * @param limitBytes how much memory it takes at most
     */
    public BlockCache(long limitBytes) {
        this.limitBytes = limitBytes;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "seawall-viper-read-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Changes the limit.
     *
     * @param newLimitBytes holds at once
     */
    public synchronized void limit(long newLimitBytes) {
        limitBytes = newLimitBytes;
        shrink();
    }

    /**
     * How much memory the blocks take.
     *
     * @return bytes
     */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * A file through the cache.
     *
     * @param file never changes under its location; closed with what is returned
     * @return the same to read
     */
    public FileInput over(FileInput file) {
        return new CachedInput(file, this);
    }

    synchronized Optional<byte[]> block(Block block) {
        return Optional.ofNullable(blocks.get(block));
    }

    synchronized void put(Block block, byte[] content) {
        byte[] before = blocks.put(block, content);
        bytes += content.length - (before == null ? 0 : before.length);
        shrink();
    }

    private void shrink() {
        for (var oldest = blocks.values().iterator(); bytes > limitBytes && oldest.hasNext(); ) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }

    /** Brings something. */
    interface Load {
        void run() throws IOException;
    }

    /** Does all of it, several at once, and returns when all is done. */
    void together(Collection<Load> loads) throws IOException {
        List<FutureTask<Void>> running = new ArrayList<>();
        for (Load load : loads) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                load.run();
                return null;
            });
            running.add(task);
            try {
                threads.execute(task);
            } catch (RejectedExecutionException e) {
                // a view may outlive the threads
                task.run();
            }
        }
        for (FutureTask<Void> one : running) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogUnavailableException("interrupted while parts were read", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new LogUnavailableException("parts not read", e.getCause());
            }
        }
    }

    /** Ends the threads behind what they bring. What is in memory can be read still. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
