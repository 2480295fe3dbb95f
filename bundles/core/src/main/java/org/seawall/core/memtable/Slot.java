package org.seawall.core.memtable;

import java.util.concurrent.atomic.AtomicLongArray;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * A batch in memory, with the sequence by which each of its entries was superseded, and the place of the version that each
 * of them superseded. Both are made when they are first needed: most batches never need them.
 */
final class Slot {
    final long first;
    final EncodedBatch batch;
    private volatile AtomicLongArray supersededBy;
    private volatile AtomicLongArray older;

    Slot(long first, EncodedBatch batch) {
        this.first = first;
        this.batch = batch;
    }

    long last() {
        return first + batch.count() - 1;
    }

    void supersede(int entry, long sequence) {
        supersededBy = with(supersededBy, entry, sequence);
    }

    /** The sequence of the next version of an entry's id, or 0. */
    long supersededBy(int entry) {
        AtomicLongArray marks = supersededBy;
        return marks == null ? 0 : marks.get(entry);
    }

    void older(int entry, long place) {
        // 0 is none, so that a new array needs no filling
        older = with(older, entry, place + 1);
    }

    /** The place of the version of an entry's id before it, or -1. */
    long older(int entry) {
        AtomicLongArray places = older;
        return places == null ? -1 : places.get(entry) - 1;
    }

    /** Whether an entry is the newest version of its id, and a put, for a reader that sees sequences up to a point. */
    boolean liveAt(int entry, long sequence) {
        if (first + entry > sequence || batch.operation(entry) != Operation.PUT) {
            return false;
        }
        long by = supersededBy(entry);
        return by == 0 || by > sequence;
    }

    boolean expired(int entry, long nowMillis) {
        long expires = batch.expiresAtMillis(entry);
        return expires != 0 && expires <= nowMillis;
    }

    private AtomicLongArray with(AtomicLongArray array, int entry, long value) {
        AtomicLongArray there = array == null ? new AtomicLongArray(batch.count()) : array;
        there.set(entry, value);
        return there;
    }
}
