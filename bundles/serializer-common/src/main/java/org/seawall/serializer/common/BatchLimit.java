package org.seawall.serializer.common;

/** How large a batch may be: the same for every serializer, so that a log may be written with another one. */
public final class BatchLimit {
    public static final int DEFAULT = 256 * 1024 * 1024;

    /** At most this much of a batch is not entries: a few numbers, the writer, the checksum. */
    public static final int MAX_OTHER_BYTES = 1024;

    private static final int LEAST = 1024;
    private static final int GREATEST = 1024 * 1024 * 1024;

    private BatchLimit() {}

    /**
     * Checks what is configured.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public static int checked(int maxBatchBytes) {
        if (maxBatchBytes < LEAST || maxBatchBytes > GREATEST) {
            throw new IllegalArgumentException(
                    "limit out of range, expected " + LEAST + " to " + GREATEST + ", maxBatchBytes=" + maxBatchBytes);
        }
        return maxBatchBytes;
    }
}
