package org.seawall.core.memtable;

import java.util.Optional;
import org.seawall.LoggedEntry;

/** Moves over the entries of a memtable in the order of sequences. For one thread. */
public final class SequenceCursor {
    private final Memtable memtable;
    private final Slots slots;
    private int slot;
    private long next;

    SequenceCursor(Memtable memtable, Slots slots, long next) {
        this.memtable = memtable;
        this.slots = slots;
        this.next = next;
        this.slot = slots.indexOf(next);
    }

    /**
     * The next entry.
     *
     * @return the entry, or empty at the newest one
     */
    public Optional<LoggedEntry> next() {
        if (next > memtable.lastSequence()) {
            return Optional.empty();
        }
        while (slot < slots.size() && slots.get(slot).last() < next) {
            slot++;
        }
        if (slot == slots.size()) {
            return Optional.empty();
        }
        Slot at = slots.get(slot);
        long sequence = Math.max(next, at.first);
        next = sequence + 1;
        return Optional.of(new LoggedEntry(sequence, at.batch.entry((int) (sequence - at.first))));
    }

    /**
     * The sequence that is looked for next.
     *
     * @return at least 1
     */
    public long nextSequence() {
        return next;
    }
}
