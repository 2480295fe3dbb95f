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
 * @param root where the collections are
 * @param catalog where the catalog is
 * @param serializer name of the serializer
 * @param strategy name of the strategy, or {@code auto}
 * @param collections what a collection may override
 * @param limits what all appends may take
 * @param catalogSnapshotChanges changes per snapshot of the catalog
 * @param commitThreads threads that commit
 */
record LogSettings(
        String name,
        Location root,
        Location catalog,
        String serializer,
        String strategy,
        CollectionSettings collections,
        Limits limits,
        int catalogSnapshotChanges,
        int commitThreads) {

    static final String AUTO = "auto";

    /**
     * Checks a configuration.
     *
     * @throws IllegalArgumentException naming the attribute, its value and its range
     */
    static LogSettings of(String name, LogConfiguration configuration) {
        if (configuration.wal_url() == null || configuration.wal_url().isBlank()) {
            throw new IllegalArgumentException("wal.url is not set, expected a directory or a URL, log=" + name);
        }
        Location root = Location.parse(configuration.wal_url());
        String catalogUrl = configuration.catalog_url();
        CollectionSettings collections = collections(configuration);
        return new LogSettings(
                name,
                root,
                catalogUrl == null || catalogUrl.isBlank() ? root.child("catalog") : Location.parse(catalogUrl),
                configuration.serializer(),
                configuration.strategy(),
                collections,
                limits(configuration, collections.maxBatchBytes()),
                (int) within("catalogSnapshotChanges", configuration.catalogSnapshotChanges(), 1, Integer.MAX_VALUE),
                (int) within("commitThreads", configuration.commitThreads(), 1, 256));
    }

    private static CollectionSettings collections(LogConfiguration configuration) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        values.put(Setting.ACKNOWLEDGEMENT, configuration.acknowledgement());
        values.put(Setting.VISIBILITY, configuration.visibility());
        values.put(Setting.SYNC_MILLIS, configuration.syncMillis());
        values.put(Setting.SEGMENT_BYTES, configuration.segmentBytes());
        values.put(Setting.SEGMENT_MILLIS, configuration.segmentMillis());
        values.put(Setting.GROUP_BYTES, configuration.groupBytes());
        values.put(Setting.SNAPSHOT_BYTES, configuration.snapshotBytes());
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
        long inFlight = within("inFlightBytes", configuration.inFlightBytes(), maxBatchBytes, Long.MAX_VALUE);
        long memory = within("memoryBytes", configuration.memoryBytes(), 0, Long.MAX_VALUE);
        long memoryBytes = memory == 0 ? Runtime.getRuntime().maxMemory() / 2 : memory;
        return new Limits(
                inFlight,
                soft("inFlightSoftBytes", configuration.inFlightSoftBytes(), inFlight),
                memoryBytes,
                soft("memorySoftBytes", configuration.memorySoftBytes(), memoryBytes),
                within("backpressureMillis", configuration.backpressureMillis(), 0, 3_600_000));
    }

    /** By default seven eighths of the hard limit. */
    private static long soft(String attribute, long value, long hard) {
        long soft = within(attribute, value, 0, Long.MAX_VALUE);
        return soft == 0 ? hard - hard / 8 : Math.min(soft, hard);
    }

    private static long within(String attribute, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "attribute out of range, expected " + min + " to " + max + ", " + attribute + "=" + value);
        }
        return value;
    }
}
