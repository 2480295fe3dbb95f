package org.seawall.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;

/** Reads a collection of a {@link JournalLog}; waits by looking again. */
final class JournalReader implements LogReader {
    private final JournalState.Open collection;
    private final BooleanSupplier logClosed;
    private final JournalFlaw flaw;
    private long next;
    private boolean closed;

    JournalReader(JournalState.Open collection, long from, BooleanSupplier logClosed, JournalFlaw flaw) {
        this.collection = collection;
        this.next = Math.max(1, from);
        this.logClosed = logClosed;
        this.flaw = flaw;
    }

    @Override
    public Optional<LoggedEntry> poll() {
        if (closed || logClosed.getAsBoolean() && flaw != JournalFlaw.READS_WHEN_CLOSED) {
            throw new LogClosedException("reader is closed");
        }
        Optional<LoggedEntry> found = collection.from(next);
        boolean repeats = flaw == JournalFlaw.READER_REPEATS && next % 3 == 0;
        found.ifPresent(logged -> next = logged.sequence() + (repeats ? 0 : 1));
        next += found.isPresent() && repeats ? 1 : 0;
        return repeats ? found.map(logged -> new LoggedEntry(logged.sequence() - 1, logged.entry())) : found;
    }

    @Override
    public Optional<LoggedEntry> await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Optional<LoggedEntry> found = poll();
        while (found.isEmpty() && System.nanoTime() < end && flaw != JournalFlaw.AWAIT_DOES_NOT_WAIT) {
            TimeUnit.MILLISECONDS.sleep(1);
            found = poll();
        }
        return found;
    }

    @Override
    public long nextSequence() {
        return next;
    }

    @Override
    public void close() {
        closed = true;
    }
}
