package org.seawall.core.engine;

import java.util.List;
import org.seawall.Acknowledgement;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * Batches that are written together.
 *
 * @param batches in the order of their sequences, at least one
 * @param bytes of their encoded entries
 */
record Group(List<Batch> batches, long bytes) {
    /** A batch that has its sequences. */
    record Batch(SequenceRange range, EncodedBatch encoded, Acknowledgement level, Appended told) {
        void written() {
            if (level == Acknowledgement.OS || level == Acknowledgement.PERIODIC) {
                told.acknowledged().complete(range);
            }
        }

        void durable() {
            told.durable().complete(range);
        }

        /** What was acknowledged stays it; what waits for the force learns the failure. */
        void failed(SeawallException failure) {
            told.acknowledged().completeExceptionally(failure);
            told.durable().completeExceptionally(failure);
        }
    }

    long first() {
        return batches.get(0).range().first();
    }

    long last() {
        return batches.get(batches.size() - 1).range().last();
    }

    /** Whether somebody counts on a force right behind the write. */
    boolean wantsForce() {
        for (Batch batch : batches) {
            if (batch.level() != Acknowledgement.PERIODIC) {
                return true;
            }
        }
        return false;
    }
}
