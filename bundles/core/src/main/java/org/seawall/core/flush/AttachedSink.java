package org.seawall.core.flush;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.seawall.LogClosedException;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.spi.flush.FlushScan;
import org.seawall.spi.flush.FlushSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink while it is attached: looks every second which collections are due, and flushes them on threads of its own. What uses the sink
 * holds the shared lock, so that it is closed behind the last one.
 */
final class AttachedSink {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedSink.class);
    private static final long PATIENCE_MINUTES = 1;

    private final String log;
    private final FlushSink sink;
    private final Supplier<Collection<OpenCollection>> collections;
    private final Map<UUID, CollectionFlush> flushes = new ConcurrentHashMap<>();
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final ScheduledThreadPoolExecutor threads;
    private volatile boolean closed;

    AttachedSink(String log, FlushSink sink, Supplier<Collection<OpenCollection>> collections, int flushThreads) {
        this.log = log;
        this.sink = sink;
        this.collections = collections;
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(flushThreads, task -> {
            Thread thread = new Thread(task, "seawall-" + log + "-flush-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
    }

    String name() {
        return sink.name();
    }

    String detail() {
        return sink.detail().isEmpty() ? "" : sink.name() + ": " + sink.detail();
    }

    private void round() {
        try {
            List<OpenCollection> there = List.copyOf(collections.get());
            forgetOthers(there);
            for (OpenCollection collection : there) {
                if (sink.takes(collection.info())) {
                    CollectionFlush flush = of(collection);
                    if (flush.due(System.nanoTime())) {
                        flush.begin();
                        threads.execute(() -> flush(flush));
                    }
                }
            }
        } catch (RuntimeException e) {
            // the root of the timer: an exception that left it would end the timer silently
            LOG.warn("round of flushes failed, it is tried again, sink={}, log={}", sink.name(), log, e);
        }
    }

    private void flush(CollectionFlush flush) {
        try {
            if (!closed) {
                using(() -> {
                    flush.inBackground();
                    return null;
                });
            }
        } catch (LogClosedException e) {
            LOG.debug("collection closed before it was flushed", e);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "not flushed, tried again, sink={}, collection={}, log={}",
                    sink.name(),
                    flush.collection().info().name(),
                    log,
                    e);
        }
    }

    /** A collection that is opened anew under its id, or was dropped. */
    private void forgetOthers(List<OpenCollection> there) {
        for (CollectionFlush flush : List.copyOf(flushes.values())) {
            UUID id = flush.collection().info().id();
            if (!there.contains(flush.collection()) && flushes.remove(id, flush)) {
                close(flush);
            }
        }
    }

    private CollectionFlush of(OpenCollection collection) {
        return flushes.compute(
                collection.info().id(),
                (id, known) -> known != null && known.collection() == collection
                        ? known
                        : new CollectionFlush(sink, collection));
    }

    private interface Use<T> {
        T of() throws IOException;
    }

    private <T> T using(Use<T> work) throws IOException {
        use.readLock().lock();
        try {
            if (closed) {
                throw new LogUnavailableException("sink was detached, sink=" + sink.name() + ", log=" + log);
            }
            return work.of();
        } finally {
            use.readLock().unlock();
        }
    }

    long flush(OpenCollection collection) {
        if (!sink.takes(collection.info())) {
            throw new IllegalArgumentException("sink takes no entries of the collection, sink=" + sink.name()
                    + ", collection=" + collection.info().name());
        }
        return read(collection, CollectionFlush::flush);
    }

    Optional<LoggedEntry> get(OpenCollection collection, String id, long nowMillis) {
        return read(collection, flush -> flush.store().get(id, nowMillis));
    }

    FlushScan scan(OpenCollection collection, long nowMillis) {
        return read(collection, flush -> flush.store().scan(nowMillis));
    }

    void requireStore(OpenCollection collection) {
        read(collection, CollectionFlush::store);
    }

    private interface Read<T> {
        T of(CollectionFlush flush) throws IOException;
    }

    private <T> T read(OpenCollection collection, Read<T> read) {
        try {
            return using(() -> read.of(of(collection)));
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "sink failed, sink=" + sink.name() + ", collection="
                            + collection.info().name(),
                    e);
        }
    }

    void drop(CollectionInfo collection) throws IOException {
        if (!sink.takes(collection)) {
            return;
        }
        using(() -> {
            CollectionFlush flush = flushes.remove(collection.id());
            if (flush == null) {
                sink.drop(collection);
            } else {
                flush.drop();
            }
            return null;
        });
    }

    String detail(OpenCollection collection) {
        CollectionFlush flush = flushes.get(collection.info().id());
        return flush == null ? "" : flush.failure();
    }

    /** Ends the threads behind what they flush, and closes the stores. */
    void close() {
        threads.shutdown();
        closed = true;
        use.writeLock().lock();
        try {
            for (CollectionFlush flush : flushes.values()) {
                close(flush);
            }
            flushes.clear();
        } finally {
            use.writeLock().unlock();
        }
        try {
            if (!threads.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                LOG.warn("flush still at work after a minute, sink={}, log={}", sink.name(), log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(CollectionFlush flush) {
        try {
            flush.close();
        } catch (IOException | SeawallException e) {
            LOG.warn("store of a sink not closed, sink={}, log={}", sink.name(), log, e);
        }
    }
}
