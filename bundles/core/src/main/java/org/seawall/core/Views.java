package org.seawall.core;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.seawall.CollectionView;
import org.seawall.LogFullException;
import org.seawall.LoggedEntry;
import org.seawall.core.engine.Signal;

/** The memory of the views that are open, held against the limit before each is read. Safe for use by several threads. */
final class Views {
    private volatile Limits limits;
    private final LongSupplier entryBytes;
    private final Signal room;
    private final String log;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * No views yet.
     *
     * @param entryBytes tells the bytes of entries that are in memory beside them
     * @param room is raised when a view gives its memory back
     */
    Views(Limits limits, LongSupplier entryBytes, Signal room, String log) {
        this.limits = limits;
        this.entryBytes = entryBytes;
        this.room = room;
        this.log = log;
    }

    /** Other limits hold from now on. */
    void limits(Limits next) {
        limits = next;
    }

    /** What all of them take. */
    long bytes() {
        return bytes.get();
    }

    /** Opens a view by something that tells its size before it reads. */
    CollectionView open(Function<LongConsumer, CollectionView> opening) {
        AtomicLong taken = new AtomicLong();
        try {
            CollectionView view = opening.apply(size -> {
                take(size);
                taken.addAndGet(size);
            });
            return new Counted(view, taken.get(), new AtomicBoolean());
        } catch (RuntimeException e) {
            giveBack(taken.get());
            throw e;
        }
    }

    private void take(long size) {
        long views = bytes.addAndGet(size);
        long entries = entryBytes.getAsLong();
        if (views + entries > limits.memoryBytes()) {
            giveBack(size);
            throw new LogFullException("no room in memory for a view, close another or raise memoryBytes, viewBytes="
                    + size + ", inMemoryBytes=" + (views - size + entries) + ", limit=" + limits.memoryBytes()
                    + ", log=" + log);
        }
    }

    private void giveBack(long size) {
        bytes.addAndGet(-size);
        room.raise();
    }

    /** Gives its bytes back once. */
    private final class Counted implements CollectionView {
        private final CollectionView view;
        private final long size;
        private final AtomicBoolean closed;

        private Counted(CollectionView view, long size, AtomicBoolean closed) {
            this.view = view;
            this.size = size;
            this.closed = closed;
        }

        @Override
        public long sequence() {
            return view.sequence();
        }

        @Override
        public Instant moment() {
            return view.moment();
        }

        @Override
        public Optional<LoggedEntry> get(String id) {
            return view.get(id);
        }

        @Override
        public Iterator<LoggedEntry> entries() {
            return view.entries();
        }

        @Override
        public void close() {
            view.close();
            if (closed.compareAndSet(false, true)) {
                giveBack(size);
            }
        }
    }
}
