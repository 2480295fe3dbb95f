package org.seawall.core.engine;

import java.util.Objects;

/**
 * How an engine writes. Times in milliseconds, sizes in bytes.
 *
 * @param segmentBytes at what length the active segment is sealed
 * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
 * @param groupBytes how many bytes of batches share one force at most; a single batch may be larger
 * @param archives how many archived generations are kept
 * @param syncMillis how long a write stays without a force at most, where nobody waits for one
 * @param visibility from when on readers see a batch
 * @param retention what becomes of old entries
 * @param window how many groups are in flight, and what waits for more
 */
public record EngineSettings(
        long segmentBytes,
        long segmentMillis,
        long groupBytes,
        int archives,
        long syncMillis,
        Visibility visibility,
        Retention retention,
        CommitWindow window) {
    /** Checks that all is there. */
    public EngineSettings {
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(window, "window");
    }

    /**
     * Settings with the usual window.
     *
     * @param segmentBytes at what length the active segment is sealed
     * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
     * @param groupBytes how many bytes of batches share one force at most
     * @param archives how many archived generations are kept
     * @param syncMillis how long a write stays without a force at most
     * @param visibility from when on readers see a batch
     * @param retention what becomes of old entries
     */
    public EngineSettings(
            long segmentBytes,
            long segmentMillis,
            long groupBytes,
            int archives,
            long syncMillis,
            Visibility visibility,
            Retention retention) {
        this(
                segmentBytes,
                segmentMillis,
                groupBytes,
                archives,
                syncMillis,
                visibility,
                retention,
                CommitWindow.DEFAULT);
    }

    /**
     * Settings with the usual times of a force and the usual retention.
     *
     * @param segmentBytes at what length the active segment is sealed
     * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
     * @param groupBytes how many bytes of batches share one force at most
     * @param archives how many archived generations are kept
     */
    public EngineSettings(long segmentBytes, long segmentMillis, long groupBytes, int archives) {
        this(segmentBytes, segmentMillis, groupBytes, archives, Retention.DEFAULT);
    }

    /**
     * Settings with the usual times of a force.
     *
     * @param segmentBytes at what length the active segment is sealed
     * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
     * @param groupBytes how many bytes of batches share one force at most
     * @param archives how many archived generations are kept
     * @param retention what becomes of old entries
     */
    public EngineSettings(long segmentBytes, long segmentMillis, long groupBytes, int archives, Retention retention) {
        this(segmentBytes, segmentMillis, groupBytes, archives, 1_000, Visibility.DURABLE, retention);
    }

    /**
     * The same where nobody sees what can still be lost.
     *
     * @return such as for the catalog
     */
    public EngineSettings durable() {
        return new EngineSettings(
                segmentBytes, segmentMillis, groupBytes, archives, syncMillis, Visibility.DURABLE, retention, window);
    }

    /**
     * The same with another window.
     *
     * @param other how many groups are in flight, and what waits for more
     * @return a copy
     */
    public EngineSettings with(CommitWindow other) {
        return new EngineSettings(
                segmentBytes, segmentMillis, groupBytes, archives, syncMillis, visibility, retention, other);
    }
}
