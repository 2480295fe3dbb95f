package org.seawall.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.seawall.LogClosedException;
import org.seawall.SeawallException;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.Setting;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.engine.BatchLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens collections anew whose storage failed, takes the snapshots that are due, merges small segments, and deletes old
 * archives, one after the other. What fails is tried again after a while. For one thread.
 */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final Duration BETWEEN_RECOVERIES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_INSPECTIONS = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final StoredCatalog catalog;
    private final Map<UUID, Long> notBeforeNanos = new HashMap<>();
    private long recoverAtNanos = System.nanoTime();
    private long inspectAtNanos = System.nanoTime();

    Maintenance(StoredCatalog catalog) {
        this.catalog = catalog;
    }

    void run() {
        if (System.nanoTime() - recoverAtNanos >= 0) {
            catalog.recoverFailed();
            recoverAtNanos = System.nanoTime() + BETWEEN_RECOVERIES.toNanos();
        }
        boolean inspect = System.nanoTime() - inspectAtNanos >= 0;
        if (inspect) {
            inspectAtNanos = System.nanoTime() + BETWEEN_INSPECTIONS.toNanos();
        }
        for (OpenCollection collection : catalog.all()) {
            collection.openLog().ifPresent(log -> {
                attempt(collection, log, () -> snapshotIfDue(collection, log));
                attempt(collection, log, log::compactSmall);
                if (inspect) {
                    attempt(collection, log, () -> inspect(collection, log));
                }
            });
        }
    }

    private void snapshotIfDue(OpenCollection collection, BatchLog log) {
        long snapshotBytes = collection.settings().number(Setting.SNAPSHOT_BYTES);
        if (snapshotBytes > 0 && log.bytesBehindSnapshot() >= snapshotBytes) {
            snapshot(collection, log);
        }
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
        if (log.failure().isPresent() || (notBefore != null && notBefore - System.nanoTime() > 0)) {
            return;
        }
        try {
            work.run();
            notBeforeNanos.remove(id);
        } catch (LogClosedException e) {
            LOG.debug("collection closed before it was maintained", e);
        } catch (SeawallException e) {
            notBeforeNanos.put(id, System.nanoTime() + AFTER_FAILURE.toNanos());
            LOG.warn(
                    "collection not maintained, tried again in {}, collection={}",
                    AFTER_FAILURE,
                    collection.info().name(),
                    e);
        }
    }
}
