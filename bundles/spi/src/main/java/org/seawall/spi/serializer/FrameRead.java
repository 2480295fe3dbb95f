package org.seawall.spi.serializer;

import java.util.Objects;

/** What stands at a place of a segment. */
public sealed interface FrameRead {

    /**
     * A valid batch.
     *
     * @param header what it says of itself
     * @param batch its entries
     * @param checksum its CRC-32C, for the chain
     * @param length bytes from its begin to the begin of what follows
     */
    record Frame(BatchHeader header, EncodedBatch batch, int checksum, long length) implements FrameRead {
        /** Checks that all is there. */
        public Frame {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(batch, "batch");
        }
    }

    /**
     * Something that is not a valid batch.
     *
     * @param fact what is wrong, in lower case, such as {@code batch checksum mismatch}
     * @param expected what should be there
     * @param actual what is there
     * @param length how many bytes the batch claims, frame included; 0 if that cannot be read
     */
    record Damage(String fact, String expected, String actual, long length) implements FrameRead {
        /** Checks that all is there. */
        public Damage {
            Objects.requireNonNull(fact, "fact");
        }
    }
}
