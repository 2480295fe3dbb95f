package org.seawall.core.flush;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.Setting;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.Present;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushStore;

/**
 * The flush of one collection to one sink. Its steps, and what is there if the process dies behind each:
 *
 * <ol>
 *   <li>The log keeps deletes from now on: nothing on the storage has changed.
 *   <li>The sink commits what happened behind its sequence, with the new one: the log has it all still, and a reader takes of the log what
 *       is behind the sink's sequence only. The next flush begins there.
 *   <li>A snapshot keeps nothing of what the sink holds, and says so: the segments that it covers are archived at the next start.
 *   <li>The memory releases it; the segments go to the archive.
 * </ol>
 *
 * Its monitor is held while it flushes or opens the store.
 */
final class CollectionFlush {
    private static final long MOST_BATCH_BYTES = 64L << 20;
    private static final long BATCH_FACTOR = 4;
    private static final long LEAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FlushSink sink;
    private final OpenCollection collection;
    private volatile Optional<Open> open = Optional.empty();
    private volatile String failure = "";

    /** Of the rounds. */
    private boolean waiting;

    private long waitsSinceNanos;
    private volatile long pauseNanos;
    private volatile long notBeforeNanos;
    private volatile boolean busy;

    /** A store, and the writer that it was opened for. */
    private record Open(FlushStore store, BatchLog log) {
        boolean serves(BatchLog now) {
            return now == log || now.epoch() == log.epoch() && now.memtable() == log.memtable();
        }
    }

    CollectionFlush(FlushSink sink, OpenCollection collection) {
        this.sink = sink;
        this.collection = collection;
    }

    OpenCollection collection() {
        return collection;
    }

    /** Why it was not flushed, or empty. */
    String failure() {
        return failure;
    }

    /** Whether it is time to flush, and nobody does. For one thread. */
    boolean due(long nowNanos) {
        Optional<BatchLog> log =
                collection.openLog().filter(there -> there.failure().isEmpty());
        if (log.isEmpty() || busy || collection.across() || pauseNanos > 0 && notBeforeNanos - nowNanos > 0) {
            return false;
        }
        Memtable memtable = log.get().memtable();
        long flushed = memtable.sink().released();
        long entries = memtable.lastSequence() - flushed;
        if (entries == 0 && released(memtable, flushed)) {
            waiting = false;
            return false;
        }
        if (!waiting) {
            waiting = true;
            waitsSinceNanos = nowNanos;
        }
        CollectionSettings settings = collection.settings();
        return over(memtable.batchBytes(), settings.number(Setting.FLUSH_BYTES))
                || over(entries, settings.number(Setting.FLUSH_ENTRIES))
                || over(
                        TimeUnit.NANOSECONDS.toMillis(nowNanos - waitsSinceNanos),
                        settings.number(Setting.FLUSH_MILLIS));
    }

    private static boolean over(long value, long bound) {
        return bound > 0 && value >= bound;
    }

    void begin() {
        busy = true;
        waiting = false;
    }

    /** Flushes in the background, and remembers what failed until it succeeds. */
    void inBackground() {
        try {
            flush();
        } finally {
            busy = false;
        }
    }

    /**
     * Flushes everything that is durable, and releases it.
     *
     * @return the sequence up to which the sink holds everything
     */
    synchronized long flush() {
        try {
            long flushed = flushed();
            release(flushed);
            failure = "";
            pauseNanos = 0;
            return flushed;
        } catch (IOException e) {
            throw failed(new LogUnavailableException(
                    "not flushed, the log keeps it, sink=" + sink.name() + ", collection=" + name(), e));
        } catch (SeawallException e) {
            throw failed(e);
        }
    }

    private SeawallException failed(SeawallException e) {
        failure =
                e.getCause() instanceof IOException cause ? e.getMessage() + ": " + cause.getMessage() : e.getMessage();
        pauseNanos = Math.min(MOST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, pauseNanos * 2));
        notBeforeNanos = System.nanoTime() + pauseNanos;
        return e;
    }

    private long flushed() throws IOException {
        BatchLog log = collection.log();
        FlushStore store = store(log);
        Memtable memtable = log.memtable();
        long upTo = Math.min(log.durable(), memtable.lastSequence());
        while (upTo > store.flushed()) {
            long after = store.flushed();
            Present present = memtable.present(System.currentTimeMillis());
            store.flush(new MemtableBatch(
                    after,
                    Math.min(upTo, present.end(after, batchBytes())),
                    collection.info().spec().columns(),
                    present));
            memtable.sinkHolds(store.flushed());
        }
        return store.flushed();
    }

    /** What has gathered while there was no sink comes to it in several batches, each of which it may hold in memory. */
    private long batchBytes() {
        long bytes = collection.settings().number(Setting.FLUSH_BYTES);
        return bytes == 0 || bytes > MOST_BATCH_BYTES / BATCH_FACTOR ? MOST_BATCH_BYTES : bytes * BATCH_FACTOR;
    }

    /** But for the newest entry, which stays. */
    private static boolean released(Memtable memtable, long flushed) {
        return memtable.released() >= flushed - 1;
    }

    /** The files are those of the session that is there by now; a log that failed meanwhile keeps what the sink holds too. */
    private void release(long flushed) {
        collection.directory().orElseThrow().upkeep().pass(() -> {
            BatchLog log = collection.log();
            boolean holds = log.memtable().sink().released() >= flushed;
            if (holds && !released(log.memtable(), flushed) && !collection.across()) {
                log.snapshot();
            }
            return null;
        });
    }

    /**
     * The store, open and in step with the log.
     *
     * @throws LogUnavailableException if it holds another part of the log than the log says
     * @throws IOException if the storage fails
     */
    FlushStore store() throws IOException {
        Optional<Open> now = open;
        if (now.isPresent() && collection.inMemory().filter(now.get()::serves).isPresent()) {
            return now.get().store();
        }
        synchronized (this) {
            return store(collection.memory());
        }
    }

    private synchronized FlushStore store(BatchLog log) throws IOException {
        if (open.filter(there -> there.serves(log)).isPresent()) {
            return open.get().store();
        }
        Memtable memtable = log.memtable();
        long missing = log.expectSink();
        // what is released is nowhere else: a store without it is not begun anew
        FlushStore store = sink.open(collection.info(), log.epoch(), memtable.released() > 0 ? 0 : missing);
        try {
            refuseOutOfStep(store.flushed(), memtable);
        } catch (LogUnavailableException e) {
            store.close();
            throw e;
        }
        memtable.sinkHolds(store.flushed());
        open = Optional.of(new Open(store, log));
        return store;
    }

    private void refuseOutOfStep(long flushed, Memtable memtable) {
        if (flushed < memtable.released()) {
            throw new LogUnavailableException(
                    "sink lacks entries that the log has released to it, look whether it is the"
                            + " same, flushed=" + flushed + ", released=" + memtable.released() + ", sink="
                            + sink.name()
                            + ", collection=" + name());
        }
        if (flushed > memtable.lastSequence()) {
            throw new LogUnavailableException("sink holds more than the log, look whether it is the same, flushed="
                    + flushed + ", last=" + memtable.lastSequence() + ", sink=" + sink.name() + ", collection="
                    + name());
        }
    }

    /** Closes the store; it is opened again when it is needed. */
    synchronized void close() throws IOException {
        Optional<Open> before = open;
        open = Optional.empty();
        if (before.isPresent()) {
            before.get().store().close();
        }
    }

    /** Removes what the sink holds. */
    synchronized void drop() throws IOException {
        close();
        sink.drop(collection.info());
    }

    private String name() {
        return collection.info().name();
    }
}
