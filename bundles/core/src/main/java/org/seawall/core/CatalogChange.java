package org.seawall.core;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.seawall.SeawallException;
import org.seawall.core.catalog.CatalogMove;
import org.seawall.core.catalog.CatalogPlace;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.StorageLock;
import org.seawall.core.engine.Causes;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes what the catalog of a running log is read and written with, and where it is; the part of {@link SessionChange} that is
 * about the catalog. Its caller holds the gate of the catalog around {@link #change}. One thing after the other.
 */
final class CatalogChange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogChange.class);
    private static final String CHANGING = "services change";

    private final StoredCatalog catalog;
    private final Sessions sessions;
    private final Elsewhere elsewhere;
    private Optional<StorageLock> lock;

    /** Where to it moves, from a claim on until it is there, or the move is undone. */
    private volatile Optional<Location> next = Optional.empty();

    private volatile Optional<Location> old;
    private volatile Optional<String> notMoved = Optional.empty();
    private volatile Optional<String> notReleased = Optional.empty();
    private volatile boolean metOther;
    private volatile Map<Location, Binding.Directory> using = Map.of();
    private boolean closed;

    /**
     * What changes.
     *
     * @param catalog the catalog
     * @param lock its lock
     * @param old the place that it came from, if that is still to be released
     */
    record Parts(StoredCatalog catalog, StorageLock lock, Optional<Location> old) {}

    CatalogChange(Parts parts, Sessions sessions, Elsewhere elsewhere) {
        this.catalog = parts.catalog();
        this.lock = Optional.of(parts.lock());
        this.old = parts.old();
        this.sessions = sessions;
        this.elsewhere = elsewhere;
    }

    /** Where the catalog is. */
    Location root() {
        return catalog.place().root();
    }

    /** What a catalog in the place where it is now is read and written with. */
    Binding.Directory services() {
        return elsewhere.services().apply(root());
    }

    /** Whether there is nothing to be done so that the catalog is in a place. */
    boolean isAt(Location wanted) {
        return wanted.equals(root()) && next.isEmpty() && notMoved.isEmpty();
    }

    /** Whether a move was begun, and is neither done nor undone. */
    boolean moves() {
        return next.isPresent();
    }

    /** Whether the place before the last move is still to be released. */
    boolean releases() {
        return old.isPresent();
    }

    /** Whether the services that a release uses at present, if one does, are still there. */
    boolean releasesWithWhatIsThere() {
        return using.entrySet().stream()
                .allMatch(place -> elsewhere.services().apply(place.getKey()).equals(place.getValue()));
    }

    /** Whether the configured place holds another catalog: then the log has to be opened there. */
    boolean metOther() {
        return metOther;
    }

    /** What is not done of a move, in words. */
    Optional<String> detail() {
        return notMoved.or(() -> notReleased);
    }

    /**
     * Makes sure that a move can be tried, before anybody is held for it.
     *
     * @param wanted where the catalog is to be
     * @return whether there is a move to be done, or to be ended
     */
    synchronized boolean prepare(Location wanted) {
        if (closed || next.isPresent()) {
            return next.isPresent();
        }
        if (wanted.equals(root())) {
            notMoved = Optional.empty();
            return false;
        }
        if (catalog.waiting().isPresent()) {
            return false;
        }
        try {
            CatalogPlace place = at(wanted);
            releaseOld();
            StorageLock there = sessions.catalogLock(place);
            try (there) {
                new CatalogMove(catalog.place(), place).claim(catalog.lastSequence());
            }
            next = Optional.of(wanted);
            return true;
        } catch (CatalogMove.OtherCatalogException e) {
            metOther = true;
            return false;
        } catch (IOException | SeawallException e) {
            notMoved(wanted, e);
            return false;
        }
    }

    private CatalogPlace at(Location root) {
        return new CatalogPlace(sessions.catalog(elsewhere.at(root)), root);
    }

    private void notMoved(Location wanted, Exception e) {
        String why = "catalog is not moved, tried again every few seconds, from=" + root() + ", to=" + wanted + ": "
                + Causes.line(e);
        if (!notMoved.equals(Optional.of(why))) {
            LOG.error("{}, log={}", why, sessions.log());
            LOG.debug("the cause", e);
        }
        notMoved = Optional.of(why);
    }

    /**
     * Ends the move that was prepared, or was begun before; or else goes on where the catalog is, with other services.
     *
     * @param here the services for where it is
     */
    synchronized void change(Binding.Directory here) {
        if (closed) {
            catalog.hold("log is closed");
            return;
        }
        if (next.isPresent() && moves(next.get())) {
            return;
        }
        catalog.hold(here.services().isPresent() ? CHANGING : here.missing());
        unlock();
        if (here.services().isPresent()) {
            goOn(new CatalogPlace(sessions.catalog(here.services().get()), root()));
        }
    }

    private void goOn(CatalogPlace place) {
        try {
            lock = Optional.of(sessions.catalogLock(place));
            catalog.goOn(place);
            LOG.info("catalog goes on, log={}, catalog={}", sessions.log(), place.root());
        } catch (IOException | SeawallException e) {
            String why = Causes.line(e);
            if (!catalog.waiting().equals(Optional.of(why))) {
                LOG.error("catalog does not go on, tried again every few seconds, log={}: {}", sessions.log(), why);
            }
            catalog.hold(why);
        }
    }

    /** Whether the catalog is in the new place, or nobody knows yet where it is, and it takes no changes. */
    private boolean moves(Location to) {
        catalog.leave("is moved to " + to);
        try {
            bring(to);
            return true;
        } catch (IOException | SeawallException e) {
            notMoved(to, e);
        }
        try {
            boolean undone = undo(to);
            if (undone) {
                next = Optional.empty();
            }
            return !undone;
        } catch (IOException | SeawallException e) {
            LOG.warn("move of the catalog neither done nor undone, tried again, log={}", sessions.log(), e);
            return true;
        }
    }

    /** The services of both places may be others than at the last attempt, and so the locks. */
    private void bring(Location to) throws IOException {
        long begin = System.nanoTime();
        CatalogPlace from = at(root());
        CatalogPlace place = at(to);
        relock(from);
        StorageLock there = sessions.catalogLock(place);
        boolean done = false;
        try {
            new CatalogMove(from, place).bring();
            catalog.goOn(place);
            done = true;
        } finally {
            if (!done) {
                there.close();
            }
        }
        unlock();
        lock = Optional.of(there);
        old = Optional.of(from.root());
        next = Optional.empty();
        notMoved = Optional.empty();
        LOG.info(
                "catalog moved, log={}, micros={}, from={}, to={}",
                sessions.log(),
                (System.nanoTime() - begin) / 1_000,
                from.root(),
                to);
    }

    private boolean undo(Location to) throws IOException {
        CatalogPlace from = at(root());
        relock(from);
        boolean undone = CatalogMove.undo(from);
        if (undone && elsewhere.services().apply(to).services().isPresent()) {
            new CatalogMove(from, at(to)).markUndone();
        }
        return undone;
    }

    private void relock(CatalogPlace place) throws IOException {
        unlock();
        lock = Optional.of(sessions.catalogLock(place));
    }

    private void unlock() {
        lock.ifPresent(StorageLock::close);
        lock = Optional.empty();
    }

    /** Releases the place where the catalog was before it was moved, if there is one. Says so if it cannot. */
    synchronized void release() {
        if (closed || old.isEmpty() || catalog.waiting().isPresent()) {
            return;
        }
        try {
            releaseOld();
        } catch (IOException | SeawallException e) {
            String why = "old place of the catalog is not released, tried again every few seconds, catalog=" + old.get()
                    + ": " + Causes.line(e);
            if (!notReleased.equals(Optional.of(why))) {
                LOG.warn("{}, log={}", why, sessions.log());
            }
            notReleased = Optional.of(why);
        }
    }

    private void releaseOld() throws IOException {
        if (old.isEmpty()) {
            return;
        }
        using = Map.of(old.get(), elsewhere.services().apply(old.get()), root(), services());
        try {
            CatalogPlace before = at(old.get());
            StorageLock there = sessions.catalogLock(before);
            try (there) {
                new CatalogMove(before, catalog.place()).release();
            }
        } finally {
            using = Map.of();
        }
        LOG.info("old place of the catalog is released, log={}, catalog={}", sessions.log(), old.get());
        old = Optional.empty();
        notReleased = Optional.empty();
    }

    /** Lets the lock of the catalog go. */
    @Override
    public synchronized void close() {
        closed = true;
        unlock();
    }
}
