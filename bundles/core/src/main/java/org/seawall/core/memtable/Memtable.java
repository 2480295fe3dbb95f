package org.seawall.core.memtable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * The entries of a collection in memory, as the encoded batches that were written or read, with one order of sequences and
 * one index of ids. No entry is an object until somebody asks for it.
 *
 * <p>One thread adds, in the order of sequences, what is durable; any number of threads read. A reader sees everything up
 * to {@link #lastSequence()} at the moment at which it began, and nothing behind it.
 */
public final class Memtable {
    /** The most entries that a batch may have. */
    public static final int MAX_ENTRIES_PER_BATCH = IdIndex.MAX_ENTRIES_PER_BATCH;

    private final Slots slots = new Slots();
    private final IdIndex ids = new IdIndex(slots);
    private final StampedLock lock = new StampedLock();
    private volatile long lastSequence;
    private volatile long liveEntries;
    private volatile long batchBytes;

    /**
     * Adds a durable batch. Readers that begin afterwards see it.
     *
     * @param first sequence of its first entry, above {@link #lastSequence()}
     * @param batch its entries
     */
    public void add(long first, EncodedBatch batch) {
        if (first <= lastSequence || slots.size() == IdIndex.MAX_SLOTS) {
            throw new IllegalStateException("batch does not fit behind the newest one, first=" + first + ", last="
                    + lastSequence + ", batches=" + slots.size());
        }
        Slot slot = new Slot(first, batch);
        long stamp = lock.writeLock();
        try {
            slots.add(slot);
            long live = liveEntries;
            for (int entry = 0; entry < batch.count(); entry++) {
                live += index(slots.size() - 1, slot, entry);
            }
            liveEntries = live;
            batchBytes += batch.sizeBytes();
            lastSequence = slot.last();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /**
     * Says that sequences up to a point were given, though not all of their entries are here: they are not live any more.
     *
     * @param sequence the newest sequence
     */
    public void advanceTo(long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
    }

    /**
     * The newest version of an id, if it is live.
     *
     * @param id the id
     * @param nowMillis the moment at which an entry counts as expired
     * @return the entry, or empty
     */
    public Optional<LoggedEntry> get(String id, long nowMillis) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        Slot slot;
        int entry;
        long stamp = lock.readLock();
        try {
            long place = ids.find(utf8);
            if (place < 0) {
                return Optional.empty();
            }
            slot = slots.get(IdIndex.slot(place));
            entry = IdIndex.entry(place);
        } finally {
            lock.unlockRead(stamp);
        }
        long expires = slot.batch.expiresAtMillis(entry);
        if (slot.batch.operation(entry) == Operation.DELETE || (expires != 0 && expires <= nowMillis)) {
            return Optional.empty();
        }
        return Optional.of(new LoggedEntry(slot.first + entry, slot.batch.entry(entry)));
    }

    /**
     * The live entries as they are now.
     *
     * @param nowMillis the moment at which an entry counts as expired
     * @return a cursor before the first of them
     */
    public LiveCursor live(long nowMillis) {
        return new LiveCursor(slots, lastSequence, nowMillis);
    }

    /**
     * The live entries as they were at a sequence.
     *
     * @param sequence the newest sequence that counts, at most {@link #lastSequence()}
     * @param nowMillis the moment at which an entry counts as expired
     * @return a cursor before the first of them
     */
    public LiveCursor liveAt(long sequence, long nowMillis) {
        return new LiveCursor(slots, sequence, nowMillis);
    }

    /**
     * A position over all entries, the dead ones included.
     *
     * @param fromSequence where to begin
     * @return the position
     */
    public SequenceCursor from(long fromSequence) {
        return new SequenceCursor(this, slots, Math.max(1, fromSequence));
    }

    /**
     * The newest sequence.
     *
     * @return 0 if there is none
     */
    public long lastSequence() {
        return lastSequence;
    }

    /**
     * How many entries are live, expired ones among them.
     *
     * @return the number
     */
    public long liveEntries() {
        return liveEntries;
    }

    /**
     * The memory that the batches take.
     *
     * @return bytes, without the index
     */
    public long batchBytes() {
        return batchBytes;
    }

    /** Indexes an entry and returns by how much the number of live entries grows. */
    private int index(int slotIndex, Slot slot, int entry) {
        byte[] id = slot.batch.id(entry);
        int grows = slot.batch.operation(entry) == Operation.PUT ? 1 : 0;
        if (id.length == 0) {
            return grows;
        }
        long old = ids.put(id, slotIndex, entry);
        if (old >= 0) {
            Slot oldSlot = slots.get(IdIndex.slot(old));
            int oldEntry = IdIndex.entry(old);
            oldSlot.supersede(oldEntry, slot.first + entry);
            grows -= oldSlot.batch.operation(oldEntry) == Operation.PUT ? 1 : 0;
        }
        return grows;
    }
}
