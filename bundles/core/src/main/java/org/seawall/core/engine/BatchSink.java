package org.seawall.core.engine;

import org.seawall.spi.serializer.EncodedBatch;

/** Takes the valid batches of the files that are inspected, in the order of recovery. */
public interface BatchSink {
    /** Forgets them. */
    BatchSink NONE = (first, batch, sound) -> {};

    /**
     * A valid batch.
     *
     * @param first sequence of its first entry
     * @param batch its entries
     * @param sound whether nothing before it is damaged or missing
     */
    void batch(long first, EncodedBatch batch, boolean sound);
}
