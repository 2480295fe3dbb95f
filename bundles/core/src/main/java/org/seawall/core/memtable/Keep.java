package org.seawall.core.memtable;

/**
 * What survives a snapshot or a compaction of a stretch of sequences: of each id the newest versions in the stretch. Where
 * the stretch begins with the log an id leaves with all its versions if the newest is a delete or has expired; elsewhere it
 * has to stay, since it ends what may be before the stretch.
 *
 * @param first first sequence of the stretch
 * @param last last sequence of the stretch
 * @param versions how many versions of an id are kept, at least 1
 * @param nowMillis the moment at which an entry counts as expired
 */
public record Keep(long first, long last, int versions, long nowMillis) {
    /** Checks that something is kept. */
    public Keep {
        if (versions < 1) {
            throw new IllegalArgumentException("versions out of range, expected 1 or more, versions=" + versions);
        }
    }

    boolean keeps(Slots slots, Slot slot, int entry) {
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
        boolean hidesNothing = first <= 1 || slot.batch.id(entry).length == 0;
        return !hidesNothing || new Content.Found(at, index).live(nowMillis);
    }
}
