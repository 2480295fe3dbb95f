package org.seawall.core.engine;

/**
 * How an engine writes. Times in milliseconds, sizes in bytes.
 *
 * @param segmentBytes at what length the active segment is sealed
 * @param segmentMillis at what age an active segment that holds a batch is sealed; 0 for never
 * @param groupBytes how many bytes of batches share one force at most; a single batch may be larger
 * @param archives how many archived generations are kept
 */
public record EngineSettings(long segmentBytes, long segmentMillis, long groupBytes, int archives) {}
