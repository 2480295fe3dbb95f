package org.seawall.core.memtable;

import java.util.Arrays;

/** The batches of a memtable in the order of sequences. One writer adds; readers see what was there at their {@link #size}. */
final class Slots {
    private volatile Slot[] slots = new Slot[16];
    private volatile int size;

    void add(Slot slot) {
        int at = size;
        if (at == slots.length) {
            slots = Arrays.copyOf(slots, at * 2);
        }
        slots[at] = slot;
        size = at + 1;
    }

    int size() {
        return size;
    }

    Slot get(int index) {
        return slots[index];
    }

    /** The first slot that ends at or behind a sequence, or the size if there is none. */
    int indexOf(long sequence) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slots[middle].last() < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
