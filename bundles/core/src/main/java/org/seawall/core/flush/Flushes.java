package org.seawall.core.flush;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.seawall.LiveScan;
import org.seawall.LogClosedException;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.Present;
import org.seawall.spi.flush.FlushScan;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leaves a log for the sink that is attached to it, one at a time, and what is read there since it has left. Safe for use by several
 * threads.
 */
public final class Flushes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Flushes.class);

    private static final long START_MILLIS = 5_000;

    private final String log;
    private final Supplier<Collection<OpenCollection>> collections;
    private final LongSupplier patienceMillis;
    private final IntSupplier threads;

    /** Under the monitor, which is told when one is attached. */
    private Optional<AttachedSink> attached = Optional.empty();

    private boolean closed;

    /**
     * Nothing is attached yet.
     *
     * @param log the log's name
     * @param collections tells which there are
     * @param patienceMillis tells how long a reader waits for a sink
     * @param threads tells how many flush at the same time
     */
    public Flushes(
            String log,
            Supplier<Collection<OpenCollection>> collections,
            LongSupplier patienceMillis,
            IntSupplier threads) {
        this.log = log;
        this.collections = collections;
        this.patienceMillis = patienceMillis;
        this.threads = threads;
    }

    /**
     * Attaches a sink and begins to flush to it, see {@link FlushSource#attach}.
     *
     * @param sink takes the entries
     * @return ends it
     */
    public FlushSource.Attachment attach(FlushSink sink) {
        AttachedSink now;
        synchronized (this) {
            if (closed) {
                throw new LogClosedException("log is closed, log=" + log);
            }
            if (attached.isPresent()) {
                throw new IllegalStateException("another sink is attached, there="
                        + attached.get().name() + ", sink=" + sink.name() + ", log=" + log);
            }
            now = new AttachedSink(log, sink, collections, threads.getAsInt());
            attached = Optional.of(now);
            notifyAll();
        }
        LOG.info("log flushes, sink={}, log={}", sink.name(), log);
        return () -> detach(now);
    }

    private void detach(AttachedSink sink) {
        synchronized (this) {
            if (attached.filter(there -> there == sink).isEmpty()) {
                return;
            }
            attached = Optional.empty();
        }
        sink.close();
        LOG.info("log flushes no more, sink={}, log={}", sink.name(), log);
    }

    /**
     * Flushes a collection now, see {@link org.seawall.WriteAheadLog#flush}.
     *
     * @param collection the collection
     * @return the sequence up to which everything is flushed
     */
    public long flush(OpenCollection collection) {
        // one that is starting is not missing
        return attached(Math.min(START_MILLIS, patienceMillis.getAsLong()))
                .orElseThrow(
                        () -> new LogUnavailableException("no sink is attached to the log, configure one, collection="
                                + collection.info().name() + ", log=" + log))
                .flush(collection);
    }

    /**
     * Looks an id up, in memory and then in the sink.
     *
     * @param collection the collection
     * @param id the id
     * @param nowMillis what has expired by then is not found
     * @return the newest version, if it is live
     * @throws LogUnavailableException if the id is not in memory, and something was released and the sink is not there
     */
    public Optional<LoggedEntry> get(OpenCollection collection, String id, long nowMillis) {
        Memtable memtable = collection.memory().memtable();
        Optional<LoggedEntry> found = memtable.get(id, nowMillis);
        // a version that is dead hides what has left for the sink
        if (found.isPresent() || memtable.knows(id) || memtable.released() == 0) {
            return found;
        }
        return requireSink(collection).get(collection, id, nowMillis);
    }

    /**
     * Goes through all live entries, see {@link org.seawall.WriteAheadLog#scan}: those of the sink first, then the log behind them. What the
     * log releases between the two looks is in neither, so both are looked at again.
     *
     * @param collection the collection
     * @param nowMillis what has expired by then is left out
     * @return before the first entry
     * @throws LogUnavailableException if something was released and the sink is not there
     */
    public LiveScan scan(OpenCollection collection, long nowMillis) {
        Present present = collection.memory().memtable().present(nowMillis);
        if (present.released() == 0) {
            return new LogScan(present, Optional.empty());
        }
        while (true) {
            FlushScan flushed = requireSink(collection).scan(collection, nowMillis);
            present = collection.memory().memtable().present(nowMillis);
            if (present.released() <= flushed.flushed()) {
                return new LogScan(present, Optional.of(flushed));
            }
            LogScan.close(flushed);
        }
    }

    /**
     * Makes sure that what has left a collection can be read.
     *
     * @param collection the collection
     * @throws LogUnavailableException if something was released and the sink is not there
     */
    public void requireReadable(OpenCollection collection) {
        if (collection.memory().memtable().released() > 0) {
            requireSink(collection).requireStore(collection);
        }
    }

    private AttachedSink requireSink(OpenCollection collection) {
        return attached(patienceMillis.getAsLong())
                .orElseThrow(() -> new LogUnavailableException(
                        "entries have left the log for its sink, which is not attached, configure it as it was, released="
                                + collection.memory().memtable().released() + ", collection="
                                + collection.info().name() + ", log=" + log));
    }

    /** The sink, waiting for one for a while. */
    private synchronized Optional<AttachedSink> attached(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = end - System.nanoTime();
                    attached.isEmpty() && !closed && left > 0;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return attached;
    }

    /**
     * Removes what the sink holds of a collection that was dropped. If it cannot, files are left there that nobody needs.
     *
     * @param collection the collection
     */
    public void dropped(CollectionInfo collection) {
        Optional<AttachedSink> sink = attached(0);
        try {
            if (sink.isPresent()) {
                sink.get().drop(collection);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "what a sink holds of a dropped collection was not removed, sink={}, collection={}, id={}",
                    sink.get().name(),
                    collection.name(),
                    collection.id(),
                    e);
        }
    }

    /**
     * Why a collection is not flushed.
     *
     * @param collection the collection
     * @return words, or empty if it is, or nothing is to be flushed
     */
    public String detail(OpenCollection collection) {
        return attached(0).map(sink -> sink.detail(collection)).orElse("");
    }

    /**
     * What does not work of what the sink does by itself.
     *
     * @return words, or empty if all works, or there is no sink
     */
    public Optional<String> detail() {
        return attached(0).map(AttachedSink::detail).filter(words -> !words.isEmpty());
    }

    /** Detaches the sink. None is attached any more. */
    @Override
    public void close() {
        Optional<AttachedSink> sink;
        synchronized (this) {
            closed = true;
            sink = attached;
            notifyAll();
        }
        sink.ifPresent(this::detach);
    }
}
