package org.seawall.core.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LoggedEntry;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.Location;

/**
 * What a catalog itself says of its move to another place: an entry whose id is no collection's, so that who does not know it
 * refuses the catalog. Whoever reads up to it changes nothing behind it, unless it is in the place that it names.
 *
 * @param state how far it is
 * @param place the other place
 */
record MoveRecord(State state, Location place) {
    /** How far a move is. */
    enum State {
        /** In an empty place, whose first name it takes: a catalog is on its way here, from the other place. */
        COMING,
        /** The catalog is copied to the other place. It takes no changes; the move may still be undone. */
        LEAVING,
        /** The catalog is in the other place, for good. */
        GONE
    }

    private static final String ID = "catalog.move";
    private static final String STATE = "move";
    private static final String PLACE = "place";

    /** As an entry of the catalog's log. */
    Entry entry() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(STATE, state.name());
        fields.put(PLACE, place.toString());
        return Entry.payload(ID, new byte[0]).withMetadata(fields);
    }

    /** The entry behind which the catalog is like any other. */
    static Entry end() {
        return Entry.delete(ID);
    }

    static boolean is(LoggedEntry logged) {
        return logged.entry().id().equals(ID);
    }

    /** What the newest entry says, or empty if the catalog is where it was, or was never anywhere else. */
    static Optional<MoveRecord> in(Memtable records) {
        return records.get(ID, 0).map(MoveRecord::of);
    }

    /** Whether it says that the catalog has come to this place: then it is over. */
    boolean arrivedAt(Location root) {
        return state == State.GONE && place.equals(root);
    }

    /** Whether it says that the catalog has gone from this place, for good. */
    boolean left(Location root) {
        return state == State.GONE && !place.equals(root);
    }

    /** What it means for the catalog in a place, for people; empty if nothing. */
    String words(Location root) {
        return switch (state) {
            case COMING -> "another catalog is being moved to this place, from=" + place;
            case LEAVING ->
                place.equals(root)
                        ? "it is being moved to this place, and is not here yet"
                        : "it is being moved, to=" + place;
            case GONE ->
                place.equals(root) ? "" : "it was moved, configure the place where it is, catalog.url=" + place;
        };
    }

    static MoveRecord of(LoggedEntry logged) {
        Map<String, Object> fields = logged.entry().metadata();
        try {
            return new MoveRecord(
                    State.valueOf((String) fields.get(STATE)), Location.parse((String) fields.get(PLACE)));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            LogCorruptException corrupt = new LogCorruptException(
                    "catalog entry does not tell of a move",
                    "state and place",
                    fields.toString(),
                    logged.sequence(),
                    "catalog, sequence " + logged.sequence());
            corrupt.initCause(e);
            throw corrupt;
        }
    }
}
