package org.seawall.core;

import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Retention;
import org.seawall.spi.filesystem.Location;

/**
 * A log's configuration, checked.
 *
 * @param name the log's name
 * @param root where the collections are
 * @param catalog where the catalog is
 * @param serializer name of the serializer
 * @param strategy name of the strategy, or {@code auto}
 * @param engine how segments are written
 * @param limits what an append may take
 * @param snapshotBytes bytes behind the snapshot at which a new one is taken; 0 for never
 * @param catalogSnapshotChanges changes per snapshot of the catalog
 * @param commitThreads threads that commit
 */
record LogSettings(
        String name,
        Location root,
        Location catalog,
        String serializer,
        String strategy,
        EngineSettings engine,
        Limits limits,
        long snapshotBytes,
        int catalogSnapshotChanges,
        int commitThreads) {

    static final String AUTO = "auto";

    /** One commit stays within what the local file system writes again when it opens a file after a failed force. */
    private static final long MAX_COMMIT_BYTES = 60L << 20;

    /** A thousand years, which any clock can count back. */
    private static final long MAX_ARCHIVE_MILLIS = 1_000L * 366 * 86_400_000;

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
        EngineSettings engine = new EngineSettings(
                within("segmentBytes", configuration.segmentBytes(), 65_536, 1 << 30),
                within("segmentMillis", configuration.segmentMillis(), 0, Long.MAX_VALUE),
                within("groupBytes", configuration.groupBytes(), 1024, MAX_COMMIT_BYTES),
                (int) within("archives", configuration.archives(), 0, Integer.MAX_VALUE),
                retention(configuration));
        int maxBatchBytes = (int) within("maxBatchBytes", configuration.maxBatchBytes(), 1024, MAX_COMMIT_BYTES);
        long memory = within("memoryBytes", configuration.memoryBytes(), 0, Long.MAX_VALUE);
        Limits limits = new Limits(
                (int) within("maxEntryBytes", configuration.maxEntryBytes(), 1024, MAX_COMMIT_BYTES),
                maxBatchBytes,
                (int) within("maxBatchEntries", configuration.maxBatchEntries(), 1, 1 << 20),
                within("inFlightBytes", configuration.inFlightBytes(), maxBatchBytes, Long.MAX_VALUE),
                memory == 0 ? Runtime.getRuntime().maxMemory() / 2 : memory);
        return new LogSettings(
                name,
                root,
                catalogUrl == null || catalogUrl.isBlank() ? root.child("catalog") : Location.parse(catalogUrl),
                configuration.serializer(),
                configuration.strategy(),
                engine,
                limits,
                within("snapshotBytes", configuration.snapshotBytes(), 0, Long.MAX_VALUE),
                (int) within("catalogSnapshotChanges", configuration.catalogSnapshotChanges(), 1, Integer.MAX_VALUE),
                (int) within("commitThreads", configuration.commitThreads(), 1, 256));
    }

    private static Retention retention(LogConfiguration configuration) {
        return new Retention(
                (int) within("versions", configuration.versions(), 1, 1_000_000),
                within("archiveMillis", configuration.archiveMillis(), 0, MAX_ARCHIVE_MILLIS),
                (int) within("compactSegments", configuration.compactSegments(), 0, 1_000_000),
                within("compactBytes", configuration.compactBytes(), 0, 1 << 30),
                (int) within("cleanPercent", configuration.cleanPercent(), 0, 100),
                within("cleanBytes", configuration.cleanBytes(), 0, Long.MAX_VALUE));
    }

    private static long within(String attribute, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "attribute out of range, expected " + min + " to " + max + ", " + attribute + "=" + value);
        }
        return value;
    }
}
