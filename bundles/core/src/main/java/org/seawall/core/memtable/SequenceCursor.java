package org.seawall.core.memtable;

import java.util.Optional;
import org.seawall.LoggedEntry;
import org.seawall.PastUnavailableException;

/**
 * Moves over the entries of a memtable in the order of sequences. It stays with the content that it began with up to the end
 * of that, and goes on in the newest one. For one thread.
 */
public final class SequenceCursor {
    private final Memtable memtable;
    private Slots slots;
    private int slot;
    private long next;

    SequenceCursor(Memtable memtable, long next) {
        this.memtable = memtable;
        this.next = next > 1 ? next : memtable.released() + 1;
        enter(memtable.content());
    }

    /**
     * The next entry.
     *
     * @return the entry, or empty at the newest one
     */
    public Optional<LoggedEntry> next() {
        long last = memtable.lastSequence();
        while (slot < slots.size() && slots.get(slot).last() < next) {
            slot++;
        }
        if (slot == slots.size() && slots != memtable.content().slots()) {
            enter(memtable.content());
        }
        if (slot == slots.size() || next > last) {
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

    private void enter(Content newest) {
        if (next <= newest.released()) {
            throw new PastUnavailableException(
                    "entries have left the log for its sink, read behind them, asked=" + next + ", released="
                            + newest.released(),
                    newest.released() + 1);
        }
        slots = newest.slots();
        slot = slots.indexOf(next);
    }
}
