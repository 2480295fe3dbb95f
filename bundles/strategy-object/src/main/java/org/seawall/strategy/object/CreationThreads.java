package org.seawall.strategy.object;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that create objects: some for each file system on which a store is open, so that one that hangs holds up no
 * other. Safe for use by several threads.
 */
final class CreationThreads implements AutoCloseable {
    static final int DEFAULT = 32;

    private static final Logger LOG = LoggerFactory.getLogger(CreationThreads.class);
    private static final int MOST = 1024;
    private static final String NAME = "seawall-strategy-object-";

    private final Supplier<Pool> newPools;
    private final Map<FileSystem, Used> used = new IdentityHashMap<>();
    private boolean closed;

    CreationThreads(Supplier<Pool> newPools) {
        this.newPools = newPools;
    }

    /** So many threads for each file system. */
    static CreationThreads of(int threads) {
        if (threads < 1 || threads > MOST) {
            throw new IllegalArgumentException(
                    "attribute out of range, expected 1 to " + MOST + ", threads=" + threads);
        }
        AtomicInteger number = new AtomicInteger();
        return new CreationThreads(() -> pool(threads, task -> {
            Thread thread = new Thread(task, NAME + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }));
    }

    private static Pool pool(int threads, ThreadFactory factory) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        executor.allowCoreThreadTimeOut(true);
        return new Pool(executor, executor::shutdown);
    }

    /**
     * What creates objects.
     *
     * @param executor runs creations
     * @param end lets it end behind what it was given
     */
    record Pool(Executor executor, Runnable end) {}

    private static final class Used {
        private final Pool pool;
        private int stores;

        private Used(Pool pool) {
            this.pool = pool;
        }
    }

    /**
     * What creates the objects of a store, until the store lets it end. On a local disk the caller: there a log has one
     * group in flight, since nothing but its lock keeps others away, and another thread would only cost time.
     */
    synchronized Pool lease(FileSystem fileSystem) throws IOException {
        if (fileSystem.capabilities().contains(Capability.LOCK)) {
            return new Pool(Runnable::run, () -> {});
        }
        if (closed) {
            throw new IOException("strategy has ended, fileSystem=" + fileSystem);
        }
        Used some = used.computeIfAbsent(fileSystem, any -> new Used(newPools.get()));
        some.stores++;
        return new Pool(some.pool.executor(), () -> giveBack(fileSystem, some));
    }

    private synchronized void giveBack(FileSystem fileSystem, Used some) {
        some.stores--;
        if (some.stores == 0 && used.remove(fileSystem, some)) {
            some.pool.end().run();
        }
    }

    /** Ends all threads; what was given to them is finished. */
    @Override
    public synchronized void close() {
        closed = true;
        if (!used.isEmpty()) {
            LOG.debug("strategy ends before its stores, fileSystems={}", used.keySet());
        }
        used.values().forEach(some -> some.pool.end().run());
        used.clear();
    }
}
