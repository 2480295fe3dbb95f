package org.seawall.bench.harness;

import java.util.Arrays;

/**
 * What one subject did in one slice of time.
 *
 * @param batches how many became durable
 * @param seconds how long it took
 * @param nanos the time of each acknowledgement, sorted
 * @param allocatedBytes what all threads allocated
 * @param writtenBytes what the process wrote
 * @param payloadBytes encoded bytes of the batches
 */
public record Slice(
        long batches, double seconds, long[] nanos, long allocatedBytes, long writtenBytes, long payloadBytes) {
    /** Durable batches per second. */
    public double rate() {
        return batches / seconds;
    }

    /** The time within which a share of the acknowledgements came, in microseconds. */
    public double micros(double share) {
        return nanos[(int) Math.min(nanos.length - 1, (long) (nanos.length * share))] / 1e3;
    }

    /** Bytes written for a byte of payload. */
    public double writtenPerPayload() {
        return writtenBytes / (double) payloadBytes;
    }

    /** Bytes that were allocated beyond the payload, for an entry. */
    public double allocatedPerEntry(int batch) {
        return (allocatedBytes - payloadBytes) / (double) (batches * batch);
    }

    static long[] sorted(long[][] parts) {
        long[] all = Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(all);
        return all;
    }
}
