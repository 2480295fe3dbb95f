package org.seawall.core.catalog;

import java.io.IOException;
import java.util.Optional;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.core.catalog.MoveMark.Mark;
import org.seawall.core.catalog.MoveMark.Seen;
import org.seawall.core.catalog.MoveMark.State;
import org.seawall.core.engine.BatchLog;
import org.seawall.spi.filesystem.Capability;

/**
 * The first step of a {@link CatalogMove}: the new place is marked, and, if it is empty, the first name is taken that a catalog
 * there would have. May be repeated.
 *
 * @param from where the catalog is
 * @param to where it goes
 */
record MoveClaim(CatalogPlace from, CatalogPlace to) {
    /** With a look at the old catalog if there was none before. */
    void claim() throws IOException {
        boolean claimed = to.mark()
                .read()
                .filter(there -> CatalogMove.tells(there.mark(), from))
                .isPresent();
        claim(claimed ? 0 : sequenceOfOld());
    }

    private long sequenceOfOld() {
        try (BatchLog old = from.open()) {
            Optional<MoveRecord> gone = MoveRecord.in(old.memtable()).filter(record -> record.left(from.root()));
            if (gone.filter(record -> record.place().equals(to.root())).isPresent()) {
                throw new LogUnavailableException(
                        "catalog was moved and is not there, is that storage mounted? catalog=" + to.root()
                                + ", before=" + from.root());
            }
            gone.ifPresent(record -> {
                throw new CatalogMovedException(from.root(), record.place());
            });
            return old.memtable().lastSequence();
        }
    }

    /** Of a catalog that holds so much at least. */
    void claim(long sequence) throws IOException {
        requireAble(from);
        requireAble(to);
        Optional<Seen> seen = to.mark().read();
        if (seen.filter(there -> CatalogMove.tells(there.mark(), from)).isEmpty()) {
            requireFree(seen);
            seen = Optional.of(to.mark().become(new Mark(State.COMING, from.root(), sequence), seen));
        }
        Mark mark = seen.get().mark();
        if (mark.state() == State.COMING) {
            takeFirstName(seen.get());
        }
        if (mark.state().underWay()) {
            // anew if the catalog went on since an earlier attempt: a place that takes nothing is told before the old
            // one is touched
            to.mark().become(new Mark(State.COPYING, from.root(), Math.max(sequence, mark.sequence())), seen);
        }
    }

    private static void requireAble(CatalogPlace place) {
        if (!place.files().capabilities().contains(Capability.CONDITIONAL_REPLACE)) {
            throw new LogUnavailableException("file system cannot mark a catalog that moves, missing="
                    + Capability.CONDITIONAL_REPLACE + ", catalog=" + place.root());
        }
    }

    private void requireFree(Optional<Seen> seen) throws IOException {
        State state = seen.map(there -> there.mark().state()).orElse(State.HERE);
        if (state.underWay() || state == State.ARRIVED) {
            throw new LogUnavailableException("place takes part in another move, other place="
                    + seen.get().mark().other() + ", state=" + state + ", file="
                    + to.mark().file());
        }
        boolean restOfOther =
                state == State.UNDONE && !seen.get().mark().other().equals(from.root());
        if ((state == State.HERE || restOfOther) && to.holdsOne()) {
            throw new CatalogMove.OtherCatalogException(to);
        }
    }

    /** Somebody may have opened the empty place before it was marked, and make his first change now. */
    private void takeFirstName(Seen seen) throws IOException {
        try (BatchLog there = to.open()) {
            Optional<MoveRecord> record = MoveRecord.in(there.memtable());
            if (there.memtable().lastSequence() == 0) {
                CatalogMove.append(there, to, new MoveRecord(MoveRecord.State.COMING, from.root()).entry());
            } else if (record.filter(this::isRest).isEmpty()) {
                to.mark().become(seen.mark().in(State.UNDONE), Optional.of(seen));
                throw new CatalogMove.OtherCatalogException(to);
            }
        } catch (LogFencedException e) {
            throw new IOException("another process has written to the new place, try again, catalog=" + to.root(), e);
        }
    }

    /** What an attempt left that was given up, or a catalog that went from here: then all first names are taken. */
    private boolean isRest(MoveRecord record) {
        return switch (record.state()) {
            case COMING -> record.place().equals(from.root());
            case LEAVING -> record.place().equals(to.root());
            case GONE -> record.left(to.root());
        };
    }
}
