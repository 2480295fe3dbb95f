package org.seawall.core.engine;

import java.util.Objects;

/**
 * How an engine writes. Times in milliseconds, sizes in bytes.
 *
 * @param segmentBytes at what length the active segment is sealed
 * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
 * @param groupBytes how many bytes of batches share one force at most; a single batch may be larger
 * @param archives how many archived generations are kept
 * @param retention what becomes of old entries
 */
public record EngineSettings(
        long segmentBytes, long segmentMillis, long groupBytes, int archives, Retention retention) {
    /** Checks that all is there. */
    public EngineSettings {
        Objects.requireNonNull(retention, "retention");
    }

    /**
     * Settings with the usual retention.
     *
     * @param segmentBytes at what length the active segment is sealed
     * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
     * @param groupBytes how many bytes of batches share one force at most
     * @param archives how many archived generations are kept
     */
    public EngineSettings(long segmentBytes, long segmentMillis, long groupBytes, int archives) {
        this(segmentBytes, segmentMillis, groupBytes, archives, Retention.DEFAULT);
    }
}
