package org.seawall.core.memtable;

import org.seawall.Entry;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * Moves over the entries that were live at a moment, or that are to survive it, in the order of sequences. For one thread.
 */
public final class LiveCursor {
    /** Which entries it stops at. */
    interface Choice {
        boolean takes(Slot slot, int entry);
    }

    private final Slots slots;
    private final int end;
    private final Choice choice;
    private int slot;
    private int entry = -1;

    LiveCursor(Slots slots, int begin, int end, Choice choice) {
        this.slots = slots;
        this.slot = begin;
        this.end = end;
        this.choice = choice;
    }

    static LiveCursor live(Slots slots, long sequence, long nowMillis) {
        return new LiveCursor(
                slots,
                0,
                slots.size(),
                (slot, entry) -> slot.liveAt(entry, sequence) && !slot.expired(entry, nowMillis));
    }

    /**
     * Moves to the next live entry.
     *
     * @return false at the end
     */
    public boolean next() {
        while (slot < end) {
            Slot at = slots.get(slot);
            while (++entry < at.batch.count()) {
                if (choice.takes(at, entry)) {
                    return true;
                }
            }
            slot++;
            entry = -1;
        }
        return false;
    }

    /**
     * The sequence of the entry.
     *
     * @return at least 1
     */
    public long sequence() {
        return slots.get(slot).first + entry;
    }

    /**
     * The batch that the entry is in.
     *
     * @return the encoded batch
     */
    public EncodedBatch batch() {
        return slots.get(slot).batch;
    }

    /**
     * The place of the entry in its batch.
     *
     * @return counted from 0
     */
    public int index() {
        return entry;
    }

    /**
     * Moves behind the entry's batch, if it stops at all entries of the batch and the cursor is at the first of them.
     *
     * @return whether it moved
     */
    public boolean skipWholeBatch() {
        EncodedBatch batch = batch();
        for (int i = 0; i < batch.count(); i++) {
            if (entry != 0 || !choice.takes(slots.get(slot), i)) {
                return false;
            }
        }
        entry = batch.count() - 1;
        return true;
    }

    /**
     * Copies the entry's vector.
     *
     * @param target takes the components from index 0
     */
    public void vector(float[] target) {
        batch().vector(entry, target);
    }

    /**
     * The entry as an object.
     *
     * @return a new object
     */
    public Entry entry() {
        return batch().entry(entry);
    }
}
