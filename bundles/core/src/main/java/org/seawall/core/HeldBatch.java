package org.seawall.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.seawall.Entry;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.core.directory.SessionGate;
import org.seawall.core.engine.BatchLog;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * A batch that came while the session changes. It waits as a copy of its entries, since there may be no serializer, and has
 * no sequences yet.
 *
 * @param way where it goes
 * @param entries a copy that nobody else changes
 * @param bytes what it takes of the budget, about
 * @param nowMillis when it came
 * @param told the caller's future
 */
record HeldBatch(
        Appends.Way way, List<Entry> entries, long bytes, long nowMillis, CompletableFuture<SequenceRange> told)
        implements SessionGate.Waiting {
    private static final int BYTES_BESIDE = 64;

    /** A copy of a batch: its caller may use the arrays again. */
    static HeldBatch of(Appends.Way way, List<Entry> batch) {
        List<Entry> copy = batch.stream().map(HeldBatch::copied).toList();
        long bytes = copy.stream().mapToLong(HeldBatch::bytes).sum();
        return new HeldBatch(way, copy, bytes, System.currentTimeMillis(), new CompletableFuture<>());
    }

    private static Entry copied(Entry entry) {
        return new Entry(
                entry.operation(),
                entry.id(),
                entry.vector().clone(),
                entry.metadata(),
                entry.payload().clone(),
                entry.timestampMillis(),
                entry.expiresAtMillis());
    }

    private static long bytes(Entry entry) {
        long bytes = BYTES_BESIDE + entry.id().length() + 4L * entry.vector().length + entry.payload().length;
        for (Map.Entry<String, Object> pair : entry.metadata().entrySet()) {
            bytes += pair.getKey().length() + (pair.getValue() instanceof String text ? text.length() : Long.BYTES);
        }
        return bytes;
    }

    @Override
    public void goOn() {
        BatchLog log;
        EncodedBatch encoded;
        try {
            log = way.log();
            encoded = way.encoded(log, way.check(), entries, nowMillis);
        } catch (SeawallException e) {
            refused(e);
            return;
        }
        try {
            way.submit(log, encoded, bytes).whenComplete(this::tell);
        } catch (SeawallException e) {
            told.completeExceptionally(e); // what was taken is given back
        }
    }

    private void tell(SequenceRange range, Throwable failure) {
        if (failure == null) {
            told.complete(range);
        } else {
            told.completeExceptionally(failure);
        }
    }

    @Override
    public void refused(SeawallException refused) {
        way.budget().giveBack(bytes);
        told.completeExceptionally(refused);
    }
}
