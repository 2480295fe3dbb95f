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
 * Opens collections anew whose storage failed, and takes the snapshots that are due, one after the other. What fails is
 * tried again after a while. For one thread.
 */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final Duration BETWEEN_RECOVERIES = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final StoredCatalog catalog;
    private final Map<UUID, Long> notBeforeNanos = new HashMap<>();
    private long recoverAtNanos = System.nanoTime();

    Maintenance(StoredCatalog catalog) {
        this.catalog = catalog;
    }

    void run() {
        if (System.nanoTime() - recoverAtNanos >= 0) {
            catalog.recoverFailed();
            recoverAtNanos = System.nanoTime() + BETWEEN_RECOVERIES.toNanos();
        }
        for (OpenCollection collection : catalog.all()) {
            collection.openLog().ifPresent(log -> snapshotIfDue(collection, log));
        }
    }

    private void snapshotIfDue(OpenCollection collection, BatchLog log) {
        UUID id = collection.info().id();
        Long notBefore = notBeforeNanos.get(id);
        long snapshotBytes = collection.settings().number(Setting.SNAPSHOT_BYTES);
        if (snapshotBytes == 0
                || log.bytesBehindSnapshot() < snapshotBytes
                || log.failure().isPresent()
                || (notBefore != null && notBefore - System.nanoTime() > 0)) {
            return;
        }
        try {
            long sequence = log.snapshot();
            notBeforeNanos.remove(id);
            LOG.info(
                    "snapshot taken, collection={}, sequence={}",
                    collection.info().name(),
                    sequence);
        } catch (LogClosedException e) {
            LOG.debug("collection closed before its snapshot", e);
        } catch (SeawallException e) {
            notBeforeNanos.put(id, System.nanoTime() + AFTER_FAILURE.toNanos());
            LOG.warn(
                    "snapshot not taken, tried again in {}, collection={}",
                    AFTER_FAILURE,
                    collection.info().name(),
                    e);
        }
    }
}
