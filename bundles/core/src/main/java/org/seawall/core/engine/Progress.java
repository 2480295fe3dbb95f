package org.seawall.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/** How far the recovery of a log is. Safe for use by several threads. */
public final class Progress {
    private final AtomicLong readBytes = new AtomicLong();
    private volatile long totalBytes;

    /** A recovery that is known to read nothing yet. */
    public Progress() {}

    /**
     * What was read so far.
     *
     * @return bytes
     */
    public long readBytes() {
        return readBytes.get();
    }

    /**
     * What there is to read.
     *
     * @return bytes, 0 until the files are listed
     */
    public long totalBytes() {
        return totalBytes;
    }

    void expect(long bytes) {
        totalBytes = bytes;
    }

    void read(long bytes) {
        readBytes.addAndGet(bytes);
    }
}
