package org.seawall.core.catalog;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.SeawallException;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Continuation;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.EncodedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog's own log. On a storage without locks others write to it too: whoever creates the next segment has made the
 * next change, and everybody else learns at the next change, or when asked to look, that there are changes to read first. For
 * one thread at a time, but for {@link #failure}.
 */
final class CatalogRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogRecords.class);

    private static final int ATTEMPTS = 100;

    /** The catalog is closed and goes on when its services are there again. */
    private record Away(Optional<Continuation> end, String why) {}

    private CatalogSession session;
    private volatile BatchLog log;
    private volatile Optional<Away> away = Optional.empty();
    private int operations;
    private Optional<Location> undone = Optional.empty();

    private CatalogRecords(CatalogSession session, BatchLog log) {
        this.session = session;
        this.log = log;
    }

    /**
     * Reads the catalog.
     *
     * @throws CatalogMovedException if it has gone from here
     * @throws SeawallException if it cannot be read
     */
    static CatalogRecords open(CatalogSession session) {
        CatalogRecords records = new CatalogRecords(session, session.place().open());
        try {
            records.settleMove();
            return records;
        } catch (SeawallException e) {
            records.close();
            throw e;
        }
    }

    /** The collections, also those that are being dropped. */
    List<CollectionRecord> all() {
        List<CollectionRecord> all = new ArrayList<>();
        LiveCursor live = log.memtable().live(0);
        while (live.next()) {
            LoggedEntry logged = new LoggedEntry(live.sequence(), live.entry());
            if (!MoveRecord.is(logged)) {
                all.add(CollectionRecord.of(logged));
            }
        }
        return all;
    }

    /**
     * What a change takes in the log.
     *
     * @throws LogUnavailableException if the catalog's services are away
     */
    EncodedBatch encoded(Entry entry) {
        return encoded(List.of(entry));
    }

    private EncodedBatch encoded(List<Entry> entries) {
        requireServices();
        long now = session.catalog().backend().clock().millis();
        return session.catalog().backend().serializer().encode(entries, now);
    }

    /**
     * Makes changes durable, all or none, and takes a snapshot when one is due.
     *
     * @throws LogFencedException if somebody else has made a change that was not read; this one was not made
     * @throws LogUnavailableException if the catalog is being moved by somebody else, or was; nothing was changed
     * @throws SeawallException if the storage fails
     */
    void append(List<Entry> changes) {
        requireHere();
        EncodedBatch encoded = encoded(changes);
        try {
            log.append(encoded).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SeawallException cause ? cause : e;
        }
        operations++;
        if (operations >= session.operationsPerSnapshot()) {
            snapshot();
        }
    }

    private void snapshot() {
        try {
            log.snapshot();
            operations = 0;
        } catch (SeawallException e) {
            LOG.warn("no snapshot of the catalog, its segments stay, catalog={}", session.catalogRoot(), e);
        }
    }

    /** Whether somebody else has made a change that was not read. Asks the storage where there may be others. */
    boolean changed() {
        try {
            return away.isEmpty() && log.continued();
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "cannot tell whether others have changed the catalog, catalog=" + session.catalogRoot(), e);
        }
    }

    /**
     * Reads the catalog again. If it cannot be read it stays as it was.
     *
     * @throws LogUnavailableException if its services are away, or it is being moved
     * @throws SeawallException if it cannot be read
     */
    void readAgain() {
        requireServices();
        BatchLog before = log;
        log = session.place().open();
        try {
            before.close();
        } catch (SeawallException e) {
            LOG.debug("catalog not closed cleanly before it was read again, catalog={}", session.catalogRoot(), e);
        }
    }

    /** Seals and closes the catalog, whose services go. It is still read from memory. */
    void hold(String why) {
        if (away.isPresent()) {
            away = Optional.of(new Away(away.get().end(), why));
            return;
        }
        try {
            away = Optional.of(new Away(Optional.of(log.seal()), why));
        } catch (SeawallException e) {
            LOG.debug("catalog not sealed, it is read again later, catalog={}", session.catalogRoot(), e);
            away = Optional.of(new Away(Optional.empty(), why));
            closeFiles();
        }
    }

    /** The same before it is moved: its log goes on behind what the move writes, so it is read again wherever it goes on. */
    void leave(String why) {
        hold(why);
        away = Optional.of(new Away(Optional.empty(), why));
    }

    private void closeFiles() {
        try {
            log.closeFiles();
        } catch (SeawallException e) {
            LOG.debug("files of a failed catalog not closed cleanly, catalog={}", session.catalogRoot(), e);
        }
    }

    /**
     * Ends what the catalog says of a move to here, or of one from here that is not decided.
     *
     * @throws CatalogMovedException if it has gone from here
     */
    void settleMove() {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<MoveRecord> move = MoveRecord.in(log.memtable());
                if (!CatalogMove.stays(log, session.place())) {
                    throw new CatalogMovedException(
                            session.catalogRoot(), move.orElseThrow().place());
                }
                undone = move.filter(there -> there.state() == MoveRecord.State.LEAVING)
                        .map(MoveRecord::place);
                return;
            } catch (LogFencedException e) {
                refuseToGoOn(attempt, e);
                readAgain();
            }
        }
    }

    /** Others may always have been first. */
    void refuseToGoOn(int attempt, LogFencedException cause) {
        if (attempt == ATTEMPTS) {
            throw new LogUnavailableException(
                    "others change the catalog without end, nothing was changed, try again, catalog="
                            + session.catalogRoot(),
                    cause);
        }
    }

    /** Which changes somebody else's move does not let through, in words, or empty. */
    Optional<String> moving() {
        return MoveRecord.in(log.memtable())
                .map(move -> move.words(session.catalogRoot()))
                .filter(words -> !words.isEmpty());
    }

    private void requireHere() {
        moving().ifPresent(why -> {
            throw new LogUnavailableException(
                    "catalog takes no changes, nothing was changed, catalog=" + session.catalogRoot() + ": " + why);
        });
    }

    /**
     * Goes on with other services, in the same place or in the one that the catalog was moved to.
     *
     * @return whether the catalog was read again, since it may hold what others have written
     * @throws SeawallException if it cannot; it stays as it was
     */
    boolean goOn(CatalogPlace next) {
        Optional<Continuation> end =
                next.root().equals(session.catalogRoot()) ? away.flatMap(Away::end) : Optional.empty();
        BatchLog before = log;
        log = end.isPresent() ? next.opened(end.get().open(next.session())) : next.open();
        session = session.with(next);
        away = Optional.empty();
        if (log.memtable() == before.memtable()) {
            return false;
        }
        before.close();
        return true;
    }

    /** Other settings hold from now on. */
    void take(CatalogSession settings) {
        session = settings.with(session.place());
    }

    private void requireServices() {
        away.ifPresent(gone -> {
            throw new LogUnavailableException("catalog takes no changes until its services are back, catalog="
                    + session.catalogRoot() + ": " + gone.why());
        });
    }

    /** Why the catalog takes no changes at present: since its services are away, or empty. */
    Optional<String> waiting() {
        return away.map(Away::why);
    }

    /** The time that entries of the catalog get. */
    Clock clock() {
        return session.catalog().backend().clock();
    }

    /** Where to a move was undone when the catalog was read. */
    Optional<Location> undone() {
        return undone;
    }

    /** The newest change that was read or made. */
    long lastSequence() {
        return log.memtable().lastSequence();
    }

    Optional<Throwable> failure() {
        return log.failure();
    }

    @Override
    public void close() {
        log.close();
    }
}
