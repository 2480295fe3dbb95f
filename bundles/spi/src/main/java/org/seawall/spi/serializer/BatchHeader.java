package org.seawall.spi.serializer;

import java.util.Objects;

/**
 * What a batch says of itself.
 *
 * @param firstSequence sequence of its first entry; the others follow without a gap
 * @param epoch epoch of its writer
 * @param writer words that tell one writer's session from any other
 * @param durableSequence the sequence up to which everything was known to be durable when the batch was written. If
 *     something before that is missing, acknowledged entries are lost; if something behind it is missing, it may be a
 *     write that was cut off
 * @param writtenMillis when it was committed, in milliseconds of Unix time; 0 if that is not known. It orders nothing
 */
public record BatchHeader(long firstSequence, long epoch, String writer, long durableSequence, long writtenMillis) {
    /** Checks that the writer is there. */
    public BatchHeader {
        Objects.requireNonNull(writer, "writer");
    }
}
