package org.seawall.core.engine;

import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.seawall.CollectionView;
import org.seawall.LogClosedException;
import org.seawall.LoggedEntry;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.Location;

/** A log as it was, in a memtable of its own. */
final class PastView implements CollectionView {
    private final AtomicReference<Optional<Memtable>> memtable;
    private final long sequence;
    private final Instant moment;
    private final Location log;

    PastView(Memtable memtable, long sequence, Instant moment, Location log) {
        this.memtable = new AtomicReference<>(Optional.of(memtable));
        this.sequence = sequence;
        this.moment = moment;
        this.log = log;
    }

    @Override
    public long sequence() {
        requireOpen();
        return sequence;
    }

    @Override
    public Instant moment() {
        requireOpen();
        return moment;
    }

    @Override
    public Optional<LoggedEntry> get(String id) {
        return requireOpen().getAt(id, sequence, moment.toEpochMilli());
    }

    @Override
    public Iterator<LoggedEntry> entries() {
        return new Entries(requireOpen().liveAt(sequence, moment.toEpochMilli()));
    }

    @Override
    public void close() {
        memtable.set(Optional.empty());
    }

    private Memtable requireOpen() {
        return memtable.get().orElseThrow(() -> new LogClosedException("view is closed, log=" + log));
    }

    private final class Entries implements Iterator<LoggedEntry> {
        private final LiveCursor cursor;
        private boolean atEntry;

        private Entries(LiveCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            requireOpen();
            atEntry = atEntry || cursor.next();
            return atEntry;
        }

        @Override
        public LoggedEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more entries, sequence=" + sequence);
            }
            atEntry = false;
            return new LoggedEntry(cursor.sequence(), cursor.entry());
        }
    }
}
