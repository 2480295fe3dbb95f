package org.seawall.core.memtable;

import java.util.concurrent.atomic.AtomicLongArray;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * A batch in memory, with the sequence by which each of its entries was superseded. The marks are made when they are first
 * needed: most batches never need them.
 */
final class Slot {
    final long first;
    final EncodedBatch batch;
    private volatile AtomicLongArray supersededBy;

    Slot(long first, EncodedBatch batch) {
        this.first = first;
        this.batch = batch;
    }

    long last() {
        return first + batch.count() - 1;
    }

    void supersede(int entry, long sequence) {
        AtomicLongArray marks = supersededBy;
        if (marks == null) {
            marks = new AtomicLongArray(batch.count());
            supersededBy = marks;
        }
        marks.set(entry, sequence);
    }

    /** Whether an entry is the newest version of its id, and a put, for a reader that sees sequences up to a point. */
    boolean liveAt(int entry, long sequence) {
        if (first + entry > sequence || batch.operation(entry) != Operation.PUT) {
            return false;
        }
        AtomicLongArray marks = supersededBy;
        long by = marks == null ? 0 : marks.get(entry);
        return by == 0 || by > sequence;
    }
}
