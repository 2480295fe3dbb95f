package org.seawall.core;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.seawall.LogClosedException;
import org.seawall.SeawallException;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.Setting;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.BatchLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the collections of one directory: brings it up, opens collections anew whose storage failed, has segments
 * sealed that are of an age, takes the snapshots that are due, merges small segments, and deletes old
 * archives, one after the other. What fails is tried again after a while. For one thread.
 */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final Duration BETWEEN_RECOVERIES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_INSPECTIONS = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final StoredCatalog catalog;
    private final StorageDirectory directory;
    private final Map<UUID, Long> notBeforeNanos = new HashMap<>();
    private final Clock clock;
    private final LongSupplier nanoTime;
    private long attendAtNanos;
    private long inspectAtNanos;

    /**
     * Attends and inspects at its first run.
     *
     * @param clock tells the age of snapshots
     * @param nanoTime tells what is due again
     */
    Maintenance(StoredCatalog catalog, StorageDirectory directory, Clock clock, LongSupplier nanoTime) {
        this.catalog = catalog;
        this.directory = directory;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.attendAtNanos = nanoTime.getAsLong();
        this.inspectAtNanos = attendAtNanos;
    }

    void run() {
        if (nanoTime.getAsLong() - attendAtNanos >= 0) {
            catalog.attendance().attend(directory);
            attendAtNanos = nanoTime.getAsLong() + BETWEEN_RECOVERIES.toNanos();
        }
        boolean inspect = nanoTime.getAsLong() - inspectAtNanos >= 0;
        if (inspect) {
            inspectAtNanos = nanoTime.getAsLong() + BETWEEN_INSPECTIONS.toNanos();
        }
        if (!directory.upkeep().enter()) {
            return; // its services change
        }
        try {
            lookAfterAll(inspect);
        } finally {
            directory.upkeep().leave();
        }
    }

    private void lookAfterAll(boolean inspect) {
        for (OpenCollection collection : catalog.all()) {
            if (collection.directory().filter(directory::equals).isPresent()) {
                collection.openLog().ifPresent(log -> lookAfter(collection, log, inspect));
            }
        }
    }

    private void lookAfter(OpenCollection collection, BatchLog log, boolean inspect) {
        rollIfAged(collection, log);
        if (collection.across()) {
            return; // its files are being copied
        }
        attempt(collection, log, () -> snapshotIfDue(collection, log));
        attempt(collection, log, log::compactSmall);
        if (inspect) {
            attempt(collection, log, () -> inspect(collection, log));
        }
    }

    private static void rollIfAged(OpenCollection collection, BatchLog log) {
        try {
            log.rollIfAged();
        } catch (SeawallException e) {
            LOG.debug(
                    "segment not sealed for its age, collection={}",
                    collection.info().name(),
                    e);
        }
    }

    private void snapshotIfDue(OpenCollection collection, BatchLog log) {
        if (due(collection.settings(), log)) {
            snapshot(collection, log);
        }
    }

    /** By bytes, which bounds what is read at a recovery, or by time if there is anything to read. */
    private boolean due(CollectionSettings settings, BatchLog log) {
        long bytes = log.bytesBehindSnapshot();
        long bound = settings.number(Setting.SNAPSHOT_BYTES);
        long millis = settings.number(Setting.SNAPSHOT_MILLIS);
        boolean byTime = millis > 0 && bytes > 0 && clock.millis() - log.snapshotMillis() >= millis;
        return byTime || (bound > 0 && bytes >= bound);
    }

    /** What is looked at rarely, since it looks at much. */
    private void inspect(OpenCollection collection, BatchLog log) {
        if (log.needsCleaning()) {
            snapshot(collection, log);
        }
        log.pruneArchive();
    }

    private static void snapshot(OpenCollection collection, BatchLog log) {
        long sequence = log.snapshot();
        LOG.info("snapshot taken, collection={}, sequence={}", collection.info().name(), sequence);
    }

    private void attempt(OpenCollection collection, BatchLog log, Runnable work) {
        UUID id = collection.info().id();
        Long notBefore = notBeforeNanos.get(id);
        if (log.failure().isPresent() || (notBefore != null && notBefore - nanoTime.getAsLong() > 0)) {
            return;
        }
        try {
            work.run();
            notBeforeNanos.remove(id);
        } catch (LogClosedException e) {
            LOG.debug("collection closed before it was maintained", e);
        } catch (SeawallException e) {
            notBeforeNanos.put(id, nanoTime.getAsLong() + AFTER_FAILURE.toNanos());
            LOG.warn(
                    "collection not maintained, tried again in {}, collection={}",
                    AFTER_FAILURE,
                    collection.info().name(),
                    e);
        }
    }
}
