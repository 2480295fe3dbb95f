package org.seawall.core.memtable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import org.seawall.LoggedEntry;
import org.seawall.Operation;

/**
 * The batches of a memtable with their index: an id leads to its newest entry, and from there to the older versions. One
 * thread adds; any number read.
 */
final class Content {
    /** Where an entry is. */
    record Found(Slot slot, int entry) {
        boolean live(long nowMillis) {
            return slot.batch.operation(entry) == Operation.PUT && !slot.expired(entry, nowMillis);
        }

        long sequence() {
            return slot.first + entry;
        }

        LoggedEntry logged() {
            return new LoggedEntry(sequence(), slot.batch.entry(entry));
        }
    }

    private final Slots slots = new Slots();
    private final IdIndex ids = new IdIndex(slots);
    private final StampedLock lock = new StampedLock();
    private long live;
    private long perishable;
    private volatile long liveEntries;
    private volatile long batchBytes;
    private volatile long perishableBytes;
    private volatile long released;
    private volatile long deletesBehind;

    /** What has left it before anything is added. */
    void beginBehind(long releasedUpTo, long deletesUpTo) {
        released = releasedUpTo;
        deletesBehind = deletesUpTo;
    }

    /** Up to where entries have left for a sink. */
    long released() {
        return released;
    }

    /** Behind which sequence every delete is here. */
    long deletesBehind() {
        return deletesBehind;
    }

    void add(Slot slot) {
        long stamp = lock.writeLock();
        try {
            slots.add(slot);
            for (int entry = 0; entry < slot.batch.count(); entry++) {
                index(slots.size() - 1, slot, entry);
            }
            liveEntries = live;
            perishableBytes = perishable;
            batchBytes += slot.batch.sizeBytes();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** The newest version of an id. */
    Optional<Found> newest(byte[] id) {
        long stamp = lock.readLock();
        try {
            long place = ids.find(id);
            return place < 0 ? Optional.empty() : Optional.of(at(place));
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** All versions of an id, the newest first. */
    List<Found> versions(byte[] id) {
        List<Found> versions = new ArrayList<>();
        Optional<Found> version = newest(id);
        while (version.isPresent()) {
            versions.add(version.get());
            // what is behind a version was there before it and does not change
            long older = version.get().slot().older(version.get().entry());
            version = older < 0 ? Optional.empty() : Optional.of(at(older));
        }
        return versions;
    }

    Slots slots() {
        return slots;
    }

    boolean full() {
        return slots.size() == IdIndex.MAX_SLOTS;
    }

    long liveEntries() {
        return liveEntries;
    }

    long batchBytes() {
        return batchBytes;
    }

    /** Bytes of entries that are dead or may be one day without another entry: superseded, deletes, with an expiry. */
    long perishableBytes() {
        return perishableBytes;
    }

    private Found at(long place) {
        return new Found(slots.get(IdIndex.slot(place)), IdIndex.entry(place));
    }

    private void index(int slotIndex, Slot slot, int entry) {
        byte[] id = slot.batch.id(entry);
        boolean put = slot.batch.operation(entry) == Operation.PUT;
        live += put ? 1 : 0;
        perishable += perishable(slot, entry) ? slot.batch.entryBytes(entry) : 0;
        if (id.length == 0) {
            return;
        }
        long old = ids.put(id, slotIndex, entry);
        if (old >= 0) {
            slot.older(entry, old);
            supersede(at(old), slot.first + entry);
        }
    }

    private void supersede(Found old, long sequence) {
        old.slot().supersede(old.entry(), sequence);
        live -= old.slot().batch.operation(old.entry()) == Operation.PUT ? 1 : 0;
        perishable += perishable(old.slot(), old.entry()) ? 0 : old.slot().batch.entryBytes(old.entry());
    }

    private static boolean perishable(Slot slot, int entry) {
        return slot.batch.operation(entry) == Operation.DELETE || slot.batch.expiresAtMillis(entry) != 0;
    }
}
