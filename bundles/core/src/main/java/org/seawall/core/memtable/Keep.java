package org.seawall.core.memtable;

/**
 * What survives a snapshot or a compaction of a stretch of sequences: of each id the newest versions in the stretch. An id leaves with all
 * its versions if the newest is a delete or has expired, and there is nothing that it hides: the stretch begins with the log, and no sink
 * holds older versions.
 *
 * @param first first sequence of the stretch
 * @param last last sequence of the stretch
 * @param versions how many versions of an id are kept, at least 1
 * @param nowMillis the moment at which an entry counts as expired
 * @param sink what a sink holds
 */
public record Keep(long first, long last, int versions, long nowMillis, Sink sink) {
    /**
     * What a sink holds of the log.
     *
     * @param there whether it may hold anything
     * @param released up to which sequence nothing is kept, since the sink holds it
     */
    public record Sink(boolean there, long released) {
        /** There is none. */
        public static final Sink NONE = new Sink(false, 0);

        /**
         * The same, with less released.
         *
         * @param most the sequence up to which anything is released at most
         * @return a copy
         */
        public Sink upTo(long most) {
            return new Sink(there, Math.max(0, Math.min(released, most)));
        }
    }

    /** Checks that something is kept. */
    public Keep {
        if (versions < 1) {
            throw new IllegalArgumentException("versions out of range, expected 1 or more, versions=" + versions);
        }
    }

    /** What is kept of a log without a sink. */
    public Keep(long first, long last, int versions, long nowMillis) {
        this(first, last, versions, nowMillis, Sink.NONE);
    }

    /** Whether deletes leave, unless something in the stretch itself needs them. */
    boolean dropsDeletes() {
        return first <= 1 && !sink.there();
    }

    boolean keeps(Slots slots, Slot slot, int entry) {
        if (slot.first + entry <= sink.released()) {
            return false;
        }
        Slot at = slot;
        int index = entry;
        int newer = 0;
        for (long by = at.supersededBy(index); by != 0 && by <= last; by = at.supersededBy(index)) {
            newer++;
            if (newer == versions) {
                return false;
            }
            at = slots.get(slots.indexOf(by));
            index = (int) (by - at.first);
        }
        boolean hidesNothing = dropsDeletes() || slot.batch.id(entry).length == 0;
        return !hidesNothing || new Content.Found(at, index).live(nowMillis);
    }
}
