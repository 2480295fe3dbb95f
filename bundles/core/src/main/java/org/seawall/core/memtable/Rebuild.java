package org.seawall.core.memtable;

import org.seawall.spi.serializer.EncodedBatch;

/**
 * New content of a memtable, made beside the old one: what is before a stretch, what was kept of the stretch, what is
 * behind it. For one thread, and for the one that adds to the memtable at the end, see {@link Memtable#swap}.
 */
public final class Rebuild {
    private final Content old;
    private final Content made = new Content();
    private int next;

    Rebuild(Content old, Keep keep) {
        this.old = old;
        long first = keep.first();
        long last = keep.last();
        made.beginBehind(
                Math.max(old.released(), keep.sink().released()),
                keep.dropsDeletes() ? Math.max(old.deletesBehind(), last) : old.deletesBehind());
        while (next < old.slots().size() && old.slots().get(next).last() < first) {
            copy();
        }
        next = old.slots().indexOf(last + 1);
    }

    /**
     * Adds a batch of what was kept.
     *
     * @param first sequence of its first entry, behind everything added before
     * @param batch its entries
     */
    public void add(long first, EncodedBatch batch) {
        made.add(new Slot(first, batch));
    }

    /** Adds what has come behind the stretch by now. To be called when all that was kept is added, and as often as one likes. */
    public void catchUp() {
        while (next < old.slots().size()) {
            copy();
        }
    }

    Content of(Content content) {
        if (content != old) {
            throw new IllegalStateException("memtable was rebuilt meanwhile");
        }
        return made;
    }

    /** With marks of its own: readers of the old content go on with theirs. */
    private void copy() {
        Slot slot = old.slots().get(next++);
        made.add(new Slot(slot.first, slot.batch));
    }
}
