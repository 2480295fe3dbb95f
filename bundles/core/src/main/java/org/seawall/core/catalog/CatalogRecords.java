package org.seawall.core.catalog;

import java.io.IOException;
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
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.core.memtable.LiveCursor;
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

    private final CatalogSession session;
    private volatile BatchLog log;
    private int operations;

    private CatalogRecords(CatalogSession session, BatchLog log) {
        this.session = session;
        this.log = log;
    }

    /**
     * Reads the catalog.
     *
     * @throws SeawallException if it cannot be read
     */
    static CatalogRecords open(CatalogSession session) {
        return new CatalogRecords(session, opened(session));
    }

    private static BatchLog opened(CatalogSession session) {
        Opening opening = BatchLog.open(session.catalog(), LogLayout.catalog(session.catalogRoot()));
        if (opening instanceof Opening.Refused refused) {
            if (refused.cause() instanceof SeawallException cause) {
                throw cause;
            }
            throw new LogUnavailableException(
                    "catalog cannot be read, catalog=" + session.catalogRoot() + ": "
                            + refused.report().detail(),
                    refused.cause());
        }
        return ((Opening.Opened) opening).log();
    }

    /** The collections, also those that are being dropped. */
    List<CollectionRecord> all() {
        List<CollectionRecord> all = new ArrayList<>();
        LiveCursor live = log.memtable().live(0);
        while (live.next()) {
            all.add(CollectionRecord.of(new LoggedEntry(live.sequence(), live.entry())));
        }
        return all;
    }

    EncodedBatch encoded(Entry entry) {
        long now = session.catalog().backend().clock().millis();
        return session.catalog().backend().serializer().encode(List.of(entry), now);
    }

    /**
     * Makes a change durable, and takes a snapshot when one is due.
     *
     * @throws LogFencedException if somebody else has made a change that was not read; this one was not made
     * @throws SeawallException if the storage fails
     */
    void append(Entry change) {
        try {
            log.append(encoded(change)).join();
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
            return log.continued();
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "cannot tell whether others have changed the catalog, catalog=" + session.catalogRoot(), e);
        }
    }

    /** Reads the catalog again. If it cannot be read it stays as it was. */
    void readAgain() {
        BatchLog before = log;
        log = opened(session);
        try {
            before.close();
        } catch (SeawallException e) {
            LOG.debug("catalog not closed cleanly before it was read again, catalog={}", session.catalogRoot(), e);
        }
    }

    Optional<Throwable> failure() {
        return log.failure();
    }

    @Override
    public void close() {
        log.close();
    }
}
