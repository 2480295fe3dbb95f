package org.seawall.core.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.core.catalog.MoveMark.Mark;
import org.seawall.core.catalog.MoveMark.Seen;
import org.seawall.core.catalog.MoveMark.State;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.ForwardCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The move of a catalog from one place to another, on any two storages. Each step may be repeated, by this process or the
 * next, and on storages without locks by several at once:
 *
 * <ol>
 *   <li>The new place is marked and, if it is empty, its first name taken: whoever opened it as an empty catalog makes no change
 *       any more ({@link #claim}).
 *   <li>LEAVING is appended to the old catalog: nobody changes it behind that. A snapshot of it is taken, copied and read.
 *   <li>GONE is appended to the old catalog, under the one name behind LEAVING: this decides. Who wants the move undone appends
 *       under the same name, for which he needs the old place alone ({@link #undo}).
 *   <li>GONE is copied too, so that the new catalog goes on behind all that the old one ever held; the new place is marked as
 *       arrived ({@link #bring}).
 *   <li>The old place is marked as gone, and released ({@link #release}).
 * </ol>
 *
 * <p>The locks of both places are the caller's. For one thread at a time.
 */
public final class CatalogMove {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogMove.class);
    private static final int ATTEMPTS = 20;

    private final CatalogPlace from;
    private final CatalogPlace to;

    /** The new place holds a catalog of its own. */
    public static final class OtherCatalogException extends LogUnavailableException {
        private static final long serialVersionUID = 1L;

        OtherCatalogException(CatalogPlace place) {
            super("another catalog is where this one should go to, choose an empty directory, catalog=" + place.root());
        }
    }

    /**
     * A move.
     *
     * @param from where the catalog is
     * @param to where it goes
     */
    public CatalogMove(CatalogPlace from, CatalogPlace to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Marks the new place, and makes sure that it is free. The old catalog is read if that was not done before.
     *
     * @throws OtherCatalogException if the new place holds another catalog
     * @throws SeawallException if it takes part in another move, or the old catalog is not in its place
     * @throws IOException if a storage fails, or another process was first: try again
     */
    public void claim() throws IOException {
        new MoveClaim(from, to).claim();
    }

    /**
     * Marks the new place, and makes sure that it is free. The old catalog is not touched, nor read.
     *
     * @param sequence how much the old catalog holds at least
     * @throws OtherCatalogException if the new place holds another catalog
     * @throws SeawallException if it takes part in another move
     * @throws IOException if its storage fails, or another process was first: try again
     */
    public void claim(long sequence) throws IOException {
        new MoveClaim(from, to).claim(sequence);
    }

    /** Whether a mark of the new place tells of this move, and that it is not at its end. */
    static boolean tells(Mark mark, CatalogPlace from) {
        return mark.other().equals(from.root()) && (mark.state().underWay() || mark.state() == State.ARRIVED);
    }

    private boolean isOurs(Mark mark) {
        return tells(mark, from);
    }

    /** Another process has brought the same move to its end. */
    private boolean isOver(Mark mark) {
        return mark.other().equals(from.root()) && mark.state() == State.HERE;
    }

    /**
     * Brings the catalog to the place that was claimed. On return it is there, whole, and in no other place; after an exception
     * it is not known where it is until this or {@link #undo} returns.
     *
     * @throws SeawallException if a catalog cannot be read or written, or has gone to a third place
     * @throws IOException if a storage fails
     */
    public void bring() throws IOException {
        Seen seen = to.mark()
                .read()
                .filter(there -> isOurs(there.mark()) || isOver(there.mark()))
                .orElseThrow(() -> new IOException("place is not claimed, catalog=" + to.root()));
        if (!seen.mark().state().underWay()) {
            return;
        }
        copy(leave(seen.mark()));
        requireArrived();
        to.mark().become(seen.mark().in(State.ARRIVED), Optional.of(seen));
    }

    /**
     * Until GONE is in the old catalog, and returns the number of its segment. Where others may write to it, they may be first
     * with anything, that included.
     */
    private long leave(Mark mark) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (BatchLog old = from.open()) {
                requireHolds(old, mark);
                Optional<MoveRecord> record = MoveRecord.in(old.memtable());
                if (record.filter(there -> there.left(from.root())).isPresent()) {
                    requireGoneHere(record.get());
                    return old.activeSegment();
                }
                MoveRecord leaving = new MoveRecord(MoveRecord.State.LEAVING, to.root());
                if (!record.equals(Optional.of(leaving))) {
                    append(old, from, leaving.entry());
                }
                old.snapshot();
                copy(old.activeSegment());
                requireSameEnd(old);
                append(old, from, new MoveRecord(MoveRecord.State.GONE, to.root()).entry());
                return old.activeSegment();
            } catch (LogFencedException e) {
                refuseToGoOn(attempt, e, from);
            }
        }
    }

    private static void refuseToGoOn(int attempt, LogFencedException cause, CatalogPlace place) {
        if (attempt == ATTEMPTS) {
            throw new LogUnavailableException(
                    "others change the catalog without end, try again, catalog=" + place.root(), cause);
        }
    }

    private void requireHolds(BatchLog old, Mark mark) {
        if (old.memtable().lastSequence() < mark.sequence()) {
            throw new LogUnavailableException(
                    "catalog is not where it is to be moved from, is that storage mounted? expected sequence="
                            + mark.sequence() + ", actual=" + old.memtable().lastSequence() + ", catalog="
                            + from.root());
        }
    }

    private void requireGoneHere(MoveRecord gone) {
        if (!gone.place().equals(to.root())) {
            throw new CatalogMovedException(from.root(), gone.place());
        }
    }

    private void copy(long last) throws IOException {
        new ForwardCopy(from.session().backend(), from.layout(), to.session().backend(), to.layout()).run(last);
    }

    /** Reads the copy as whoever opens it will. The end of a log is that of no other. */
    private void requireSameEnd(BatchLog old) throws IOException {
        String end;
        try (BatchLog copy = to.open()) {
            end = copy.end();
        }
        if (!end.equals(old.end()) && !old.continued()) {
            throw new IOException(
                    "copy does not end where the catalog does, remove that directory or choose another place,"
                            + " expected=" + old.end() + ", actual=" + end + ", catalog=" + to.root());
        }
    }

    /** Others may have gone on with it already. */
    private void requireArrived() throws IOException {
        try (BatchLog copy = to.open()) {
            Optional<MoveRecord> record = MoveRecord.in(copy.memtable());
            if (copy.memtable().lastSequence() == 0
                    || record.filter(there -> there.state() != MoveRecord.State.GONE)
                            .isPresent()) {
                throw new IOException("copy of the catalog lacks its end, actual=" + record + ", catalog=" + to.root());
            }
        }
    }

    /**
     * Undoes the move, if it is not decided. What was copied stays, and a later attempt goes on with it.
     *
     * @return whether the catalog is in the old place, and takes changes there; if not, {@link #bring} has to come to its end
     * @throws SeawallException if the old catalog cannot be read or written
     * @throws IOException if its storage fails
     */
    public boolean undo() throws IOException {
        boolean undone = undo(from);
        if (undone) {
            markUndone();
        }
        return undone;
    }

    /**
     * Undoes a move away from a place, wherever to, if it is not decided. Nothing but that place is needed.
     *
     * @param place where the catalog was
     * @return whether it is there, and takes changes
     * @throws SeawallException if it cannot be read or written
     */
    public static boolean undo(CatalogPlace place) {
        for (int attempt = 1; ; attempt++) {
            try (BatchLog catalog = place.open()) {
                return stays(catalog, place);
            } catch (LogFencedException e) {
                refuseToGoOn(attempt, e, place);
            }
        }
    }

    /**
     * Ends what a catalog says of a move that is over, or that is not decided.
     *
     * @return false if the catalog has gone from this place
     * @throws LogFencedException if somebody else has changed the catalog meanwhile
     */
    static boolean stays(BatchLog catalog, CatalogPlace place) {
        Optional<MoveRecord> record = MoveRecord.in(catalog.memtable());
        if (record.isEmpty()) {
            return true;
        }
        MoveRecord there = record.get();
        boolean unfinished = there.state() == MoveRecord.State.COMING
                || there.state() == MoveRecord.State.LEAVING && there.place().equals(place.root());
        if (unfinished) {
            throw new LogUnavailableException(
                    "place holds the rest of a move that was given up, remove the directory or"
                            + " configure another place, catalog=" + place.root());
        }
        if (there.left(place.root())) {
            return false;
        }
        append(catalog, place, MoveRecord.end());
        return true;
    }

    /** Lets the new place say that the move is undone, if that is possible: the old place alone decides. */
    public void markUndone() {
        try {
            Optional<Seen> seen = to.mark().read();
            if (seen.filter(there ->
                            isOurs(there.mark()) && there.mark().state().underWay())
                    .isPresent()) {
                to.mark().become(seen.get().mark().in(State.UNDONE), seen);
            }
        } catch (IOException | SeawallException e) {
            LOG.warn(
                    "move of the catalog is undone, and the new place does not know it, remove the directory, catalog={}",
                    to.root(),
                    e);
        }
    }

    /**
     * Releases the old place behind {@link #bring}: there are no files left where nobody else may write. On a storage without
     * locks they stay, since a process that was stalled may wake after any time, and must not find a name free.
     *
     * @throws IOException if a storage fails, or another process was first: try again
     */
    public void release() throws IOException {
        Optional<Seen> here = to.mark().read();
        if (here.filter(there -> there.mark().state() == State.ARRIVED
                        && there.mark().other().equals(from.root()))
                .isEmpty()) {
            return;
        }
        from.mark()
                .become(
                        new Mark(State.GONE, to.root(), here.get().mark().sequence()),
                        from.mark().read());
        if (!from.shared()) {
            from.layout().deleteFrom(from.files());
        }
        to.mark().become(here.get().mark().in(State.HERE), here);
    }

    /** Makes a change of a catalog durable, as any other. */
    static void append(BatchLog catalog, CatalogPlace place, Entry entry) {
        long now = place.session().backend().clock().millis();
        try {
            catalog.append(place.session().backend().serializer().encode(List.of(entry), now))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SeawallException cause ? cause : e;
        }
    }
}
