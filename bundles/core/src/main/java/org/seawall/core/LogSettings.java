package org.seawall.core;

import java.util.EnumMap;
import java.util.Map;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.spi.filesystem.Location;

/**
 * A log's configuration, checked.
 *
 * @param name the log's name
 * @param storage where it is
 * @param serializer name of the serializer
 * @param collections what a collection may override
 * @param limits what all appends may take
 * @param recovery how collections are recovered
 * @param flushThreads how many collections are flushed at the same time
 * @param backendTimeoutMillis how long callers wait at most while services change or are away
 */
record LogSettings(
        String name,
        StorageSettings storage,
        String serializer,
        CollectionSettings collections,
        Limits limits,
        RecoverySettings recovery,
        int flushThreads,
        long backendTimeoutMillis) {
    private static final int USUAL_FLUSH_THREADS = 2;
    private static final long USUAL_BACKEND_TIMEOUT_MILLIS = 30_000;

    /** With the usual time for services that change. */
    LogSettings(
            String name,
            StorageSettings storage,
            String serializer,
            CollectionSettings collections,
            Limits limits,
            RecoverySettings recovery) {
        this(name, storage, serializer, collections, limits, recovery, USUAL_BACKEND_TIMEOUT_MILLIS);
    }

    /** With the usual number of threads that flush. */
    LogSettings(
            String name,
            StorageSettings storage,
            String serializer,
            CollectionSettings collections,
            Limits limits,
            RecoverySettings recovery,
            long backendTimeoutMillis) {
        this(name, storage, serializer, collections, limits, recovery, USUAL_FLUSH_THREADS, backendTimeoutMillis);
    }

    /** No collection may have batches that the log could never take. */
    LogSettings {
        collections = collections.within(limits.inFlightBytes());
    }

    /** The same with the catalog where it is at present, which is not where it is configured while it cannot be moved. */
    LogSettings catalogAt(Location root) {
        return with(storage.catalogAt(root));
    }

    /**
     * Checks a configuration.
     *
     * @throws IllegalArgumentException naming the attribute, its value and its range
     */
    static LogSettings of(String name, LogConfiguration configuration) {
        CollectionSettings collections = collections(configuration);
        return new LogSettings(
                name,
                StorageSettings.of(name, configuration),
                configuration.serializer(),
                collections,
                limits(configuration, collections.maxBatchBytes()),
                RecoverySettings.of(configuration),
                (int) Range.within("flushThreads", configuration.flushThreads(), 1, 256),
                Range.within("backendTimeoutMillis", configuration.backendTimeoutMillis(), 1, 3_600_000));
    }

    /** The same in another order of the directories. */
    LogSettings with(StorageSettings other) {
        return new LogSettings(
                name, other, serializer, collections, limits, recovery, flushThreads, backendTimeoutMillis);
    }

    private static CollectionSettings collections(LogConfiguration configuration) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        values.put(Setting.ACKNOWLEDGEMENT, configuration.acknowledgement());
        values.put(Setting.VISIBILITY, configuration.visibility());
        values.put(Setting.SYNC_MILLIS, configuration.syncMillis());
        values.put(Setting.SEGMENT_BYTES, configuration.segmentBytes());
        values.put(Setting.SEGMENT_MILLIS, configuration.segmentMillis());
        values.put(Setting.GROUP_BYTES, configuration.groupBytes());
        values.put(Setting.COMMITS_IN_FLIGHT, configuration.commitsInFlight());
        values.put(Setting.COMMIT_MILLIS, configuration.commitMillis());
        values.put(Setting.SNAPSHOT_BYTES, configuration.snapshotBytes());
        values.put(Setting.SNAPSHOT_MILLIS, configuration.snapshotMillis());
        values.put(Setting.FLUSH_BYTES, configuration.flushBytes());
        values.put(Setting.FLUSH_ENTRIES, configuration.flushEntries());
        values.put(Setting.FLUSH_MILLIS, configuration.flushMillis());
        values.put(Setting.COMPACT_SEGMENTS, configuration.compactSegments());
        values.put(Setting.COMPACT_BYTES, configuration.compactBytes());
        values.put(Setting.CLEAN_PERCENT, configuration.cleanPercent());
        values.put(Setting.CLEAN_BYTES, configuration.cleanBytes());
        values.put(Setting.VERSIONS, configuration.versions());
        values.put(Setting.ARCHIVES, configuration.archives());
        values.put(Setting.ARCHIVE_MILLIS, configuration.archiveMillis());
        values.put(Setting.MAX_ENTRY_BYTES, configuration.maxEntryBytes());
        values.put(Setting.MAX_BATCH_BYTES, configuration.maxBatchBytes());
        values.put(Setting.MAX_BATCH_ENTRIES, configuration.maxBatchEntries());
        return CollectionSettings.of(values);
    }

    private static Limits limits(LogConfiguration configuration, long maxBatchBytes) {
        long inFlight = Range.within("inFlightBytes", configuration.inFlightBytes(), maxBatchBytes, Long.MAX_VALUE);
        long memory = Range.within("memoryBytes", configuration.memoryBytes(), 0, Long.MAX_VALUE);
        long memoryBytes = memory == 0 ? Runtime.getRuntime().maxMemory() / 2 : memory;
        return new Limits(
                inFlight,
                soft("inFlightSoftBytes", configuration.inFlightSoftBytes(), inFlight),
                memoryBytes,
                soft("memorySoftBytes", configuration.memorySoftBytes(), memoryBytes),
                Range.within("backpressureMillis", configuration.backpressureMillis(), 0, 3_600_000));
    }

    /** By default seven eighths of the hard limit. */
    private static long soft(String attribute, long value, long hard) {
        long soft = Range.within(attribute, value, 0, Long.MAX_VALUE);
        return soft == 0 ? hard - hard / 8 : Math.min(soft, hard);
    }
}
