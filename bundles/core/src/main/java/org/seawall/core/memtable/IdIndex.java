package org.seawall.core.memtable;

import org.seawall.spi.serializer.EncodedBatch;

/**
 * From an id to the place of its newest entry: open addressing over a {@code long[]} of places and an {@code int[]} of
 * hashes, 12 bytes a place, at most two thirds full. The ids themselves stay in the batches; the hashes save looking into
 * the batch of another id, and into all of them when the table grows.
 *
 * <p>A place is {@code 1 | slot(28) | entry(20)}, and 0 is empty. For one writer; readers are kept out by the memtable's
 * lock.
 */
final class IdIndex {
    static final int MAX_ENTRIES_PER_BATCH = 1 << 20;
    static final int MAX_SLOTS = 1 << 28;

    private static final int ENTRY_BITS = 20;
    private static final int SLOT_BITS = 28;
    private static final long TAKEN = 1L << (ENTRY_BITS + SLOT_BITS);

    private final Slots slots;
    private long[] table = new long[64];
    private int[] hashes = new int[64];
    private int size;

    IdIndex(Slots slots) {
        this.slots = slots;
    }

    /** The place of an id, or -1. */
    long find(byte[] id) {
        long place = table[position(id, hash(id))];
        return place == 0 ? -1 : place & (TAKEN - 1);
    }

    /** Sets the place of an id, and returns the one that it had, or -1. */
    long put(byte[] id, int slot, int entry) {
        if (size * 3L >= table.length * 2L) {
            grow();
        }
        int hash = hash(id);
        int at = position(id, hash);
        long old = table[at];
        table[at] = TAKEN | place(slot, entry);
        hashes[at] = hash;
        if (old == 0) {
            size++;
            return -1;
        }
        return old & (TAKEN - 1);
    }

    static int slot(long place) {
        return (int) (place >>> ENTRY_BITS) & (MAX_SLOTS - 1);
    }

    static int entry(long place) {
        return (int) place & (MAX_ENTRIES_PER_BATCH - 1);
    }

    long sizeBytes() {
        return (long) (Long.BYTES + Integer.BYTES) * table.length;
    }

    private static long place(int slot, int entry) {
        return (long) slot << ENTRY_BITS | entry;
    }

    private int position(byte[] id, int hash) {
        int at = hash & (table.length - 1);
        while (table[at] != 0 && !(hashes[at] == hash && batch(table[at]).idEquals(entry(table[at]), id))) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] places = table;
        int[] known = hashes;
        if (places.length > 1 << 29) {
            throw new IllegalStateException("too many ids in memory, ids=" + size);
        }
        table = new long[places.length * 2];
        hashes = new int[places.length * 2];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != 0) {
                int at = known[i] & (table.length - 1);
                while (table[at] != 0) {
                    at = (at + 1) & (table.length - 1);
                }
                table[at] = places[i];
                hashes[at] = known[i];
            }
        }
    }

    private EncodedBatch batch(long place) {
        return slots.get(slot(place)).batch;
    }

    /** FNV-1a, then mixed, since only the low bits choose the place. */
    private static int hash(byte[] id) {
        int hash = 0x811c9dc5;
        for (byte b : id) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ hash >>> 13;
    }
}
