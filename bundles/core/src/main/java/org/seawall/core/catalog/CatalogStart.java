package org.seawall.core.catalog;

import java.io.IOException;
import java.util.Optional;
import org.seawall.LogUnavailableException;
import org.seawall.core.catalog.MoveMark.Mark;
import org.seawall.core.catalog.MoveMark.Seen;
import org.seawall.core.catalog.MoveMark.State;
import org.seawall.core.directory.StorageLock;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the catalog of a log that starts. It is where it is configured; or it is on its way there, by the mark; or it was
 * elsewhere when this log was last open: then it is brought there first. What is configured is believed against what is
 * remembered as soon as there is a catalog.
 */
public final class CatalogStart {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogStart.class);

    private final CatalogSession session;
    private final Optional<Remembered> remembered;
    private final Places places;

    /** Reaches places that are not configured. */
    public interface Places {
        /**
         * A place, with what is read and written there.
         *
         * @param root the directory
         * @return the place
         * @throws LogUnavailableException if its services are not there, and says which
         */
        CatalogPlace at(Location root);
    }

    /**
     * Where the catalog was when the log was last open.
     *
     * @param place the place
     * @param sequence how much it held at least
     * @param file what remembers it, for messages
     */
    public record Remembered(Location place, long sequence, String file) {}

    /**
     * A catalog that was read.
     *
     * @param catalog it
     * @param old the place that it came from, if that is still to be released
     */
    public record Started(StoredCatalog catalog, Optional<Location> old) {}

    /**
     * A start.
     *
     * @param session what to read and write with; names the configured place, which is locked
     * @param remembered where the catalog was, if that is known
     * @param places reaches other places
     */
    public CatalogStart(CatalogSession session, Optional<Remembered> remembered, Places places) {
        this.session = session;
        this.remembered = remembered;
        this.places = places;
    }

    /**
     * Reads the catalog, in the place that is configured. Its collections wait to be opened.
     *
     * @return the catalog
     * @throws CatalogMovedException if it was moved to another place, by another than this log
     * @throws org.seawall.SeawallException if it cannot be read, or brought here
     * @throws IOException if a storage fails, or the place where it is is locked
     */
    public Started read() throws IOException {
        Optional<Location> from = from(mark());
        if (from.isPresent()) {
            bring(from.get());
        }
        StoredCatalog catalog = readHere();
        try {
            catalog.undone().ifPresent(this::markUndone);
            Optional<Mark> mark = mark().filter(there -> there.state() == State.ARRIVED);
            mark.ifPresent(there -> requireHolds(catalog, there));
            return new Started(catalog, mark.map(Mark::other));
        } catch (IOException | RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    /** Where it was to go, if that can be reached: nobody who comes there is to think that it is still coming. */
    private void markUndone(Location next) {
        try {
            new CatalogMove(session.place(), places.at(next)).markUndone();
        } catch (LogUnavailableException e) {
            LOG.warn("move of the catalog is undone, and the new place does not know it, catalog={}", next, e);
        }
    }

    private Optional<Mark> mark() throws IOException {
        return session.place().mark().read().map(Seen::mark);
    }

    private StoredCatalog readHere() throws IOException {
        try {
            return StoredCatalog.read(session);
        } catch (CatalogMovedException e) {
            requireRemembered(e.to(), e);
            bring(e.to());
            return StoredCatalog.read(session);
        }
    }

    /** From where the catalog is to be brought, or empty if it is here. */
    private Optional<Location> from(Optional<Mark> mark) throws IOException {
        if (mark.isPresent() && mark.get().state().underWay()) {
            return mark.map(Mark::other);
        }
        if (mark.isPresent() && mark.get().state() == State.GONE) {
            Location other = mark.get().other();
            requireRemembered(other, new CatalogMovedException(session.catalogRoot(), other));
            return Optional.of(other);
        }
        boolean undone = mark.isPresent() && mark.get().state() == State.UNDONE;
        Optional<Remembered> elsewhere = remembered.filter(last -> !last.place().equals(session.catalogRoot()));
        if (elsewhere.isEmpty() || session.place().holdsOne() && !undone) {
            return Optional.empty();
        }
        return holds(elsewhere.get()) ? elsewhere.map(Remembered::place) : Optional.empty();
    }

    /** This log itself was there, so that it moves back; any other would take the catalog from whoever uses it. */
    private void requireRemembered(Location place, CatalogMovedException refusal) {
        if (remembered.filter(last -> last.place().equals(place)).isEmpty()) {
            throw refusal;
        }
    }

    private boolean holds(Remembered last) throws IOException {
        boolean holds = places.at(last.place()).holdsOne();
        if (!holds && last.sequence() > 0) {
            throw new LogUnavailableException(
                    "catalog is not where it was last, is that storage mounted? For an empty log in"
                            + " the new place remove the file " + last.file() + ", catalog=" + last.place()
                            + ", configured="
                            + session.catalogRoot());
        }
        return holds;
    }

    private void bring(Location from) throws IOException {
        CatalogPlace old = places.at(from);
        StorageLock lock = StorageLock.ofCatalog(old.files(), old.root(), "log " + session.log());
        try (lock) {
            endEarlier(old);
            CatalogMove move = new CatalogMove(old, session.place());
            move.claim();
            move.bring();
        }
    }

    /** What an earlier move there left to be done: most often here, since the catalog moves back. */
    private void endEarlier(CatalogPlace old) throws IOException {
        Optional<Mark> earlier = old.mark().read().map(Seen::mark);
        if (earlier.filter(mark -> mark.other().equals(session.catalogRoot())).isPresent()) {
            CatalogMove there = new CatalogMove(session.place(), old);
            if (earlier.get().state().underWay()) {
                there.bring();
            }
            there.release();
        } else if (earlier.filter(mark -> mark.state() == State.ARRIVED).isPresent()) {
            CatalogPlace older = places.at(earlier.get().other());
            StorageLock lock = StorageLock.ofCatalog(older.files(), older.root(), "log " + session.log());
            try (lock) {
                new CatalogMove(older, old).release();
            }
        }
    }

    private void requireHolds(StoredCatalog catalog, Mark mark) {
        if (catalog.lastSequence() < mark.sequence()) {
            throw new LogUnavailableException(
                    "catalog is not where it was moved to, is that storage mounted? expected sequence="
                            + mark.sequence() + ", actual=" + catalog.lastSequence() + ", catalog="
                            + session.catalogRoot());
        }
    }
}
