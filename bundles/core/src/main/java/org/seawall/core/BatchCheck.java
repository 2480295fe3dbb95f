package org.seawall.core;

import java.util.List;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.SerializationException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.spi.serializer.EncodedBatch;

/** Holds a batch against its collection and the limits in effect for it, before and after it is encoded. */
final class BatchCheck {
    private final CollectionInfo collection;
    private final CollectionSettings limits;

    BatchCheck(OpenCollection collection) {
        this.collection = collection.info();
        this.limits = collection.settings();
    }

    void check(List<Entry> batch) {
        if (batch.isEmpty()) {
            throw new SerializationException("empty batch, expected at least 1 entry, collection=" + collection.name());
        }
        if (batch.size() > limits.maxBatchEntries()) {
            throw new SerializationException("too many entries in a batch, entries=" + batch.size() + ", limit="
                    + limits.maxBatchEntries() + ", collection=" + collection.name());
        }
        long bytes = 0;
        for (Entry entry : batch) {
            checkDimension(entry);
            bytes += 4L * entry.vector().length + entry.payload().length;
        }
        // the bulk is known before anything is allocated for it
        checkBatchBytes(bytes);
    }

    void check(EncodedBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            if (batch.entryBytes(i) > limits.maxEntryBytes()) {
                throw new SerializationException("entry over the limit, bytes=" + batch.entryBytes(i) + ", limit="
                        + limits.maxEntryBytes() + ", id=" + batch.entry(i).id() + ", collection="
                        + collection.name());
            }
        }
        checkBatchBytes(batch.sizeBytes());
    }

    private void checkDimension(Entry entry) {
        int expected = collection.spec().dimension();
        int actual = entry.vector().length;
        if (entry.operation() == Operation.PUT && actual != expected) {
            String fact = collection.spec().holdsPayloads() ? "vector in a collection of payloads" : "wrong dimension";
            throw new SerializationException(fact + ", expected=" + expected + ", actual=" + actual + ", id="
                    + entry.id() + ", collection=" + collection.name());
        }
    }

    private void checkBatchBytes(long bytes) {
        if (bytes > limits.maxBatchBytes()) {
            throw new SerializationException("batch over the limit, bytes=" + bytes + ", limit="
                    + limits.maxBatchBytes() + ", collection=" + collection.name());
        }
    }
}
