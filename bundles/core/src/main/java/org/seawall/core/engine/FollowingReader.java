package org.seawall.core.engine;

import java.time.Duration;
import java.util.Optional;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.SequenceCursor;
import org.seawall.spi.filesystem.Location;

/** Reads a memtable in the order of sequences and waits at its end. */
final class FollowingReader implements LogReader {
    private final Memtable memtable;
    private final SequenceCursor cursor;
    private final Signal signal;
    private final Location log;
    private volatile boolean closed;

    FollowingReader(Memtable memtable, long fromSequence, Signal signal, Location log) {
        this.memtable = memtable;
        this.cursor = memtable.from(fromSequence);
        this.signal = signal;
        this.log = log;
    }

    @Override
    public Optional<LoggedEntry> poll() {
        if (closed || signal.closed()) {
            throw new LogClosedException("reader is closed, log=" + log);
        }
        return cursor.next();
    }

    @Override
    public Optional<LoggedEntry> await(Duration timeout) throws InterruptedException {
        Optional<LoggedEntry> next = poll();
        if (next.isPresent()) {
            return next;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        signal.await(() -> memtable.lastSequence() >= cursor.nextSequence(), deadline);
        return poll();
    }

    @Override
    public long nextSequence() {
        return cursor.nextSequence();
    }

    @Override
    public void close() {
        closed = true;
    }
}
