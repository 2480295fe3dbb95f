package org.seawall.core.catalog;

import java.util.Optional;
import org.seawall.CollectionStatus;
import org.seawall.LogFencedException;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Causes;
import org.seawall.core.engine.Opening;
import org.seawall.core.memtable.Memtable;

/** A collection of the catalog with its log, or with the reason why the log could not be recovered. */
public final class OpenCollection {
    private final EffectiveSettings settings;
    private volatile Opening opening;
    private volatile CollectionInfo info;

    OpenCollection(CollectionInfo info, EffectiveSettings settings, Opening opening) {
        this.info = info;
        this.settings = settings;
        this.opening = opening;
    }

    /**
     * The collection as the catalog holds it.
     *
     * @return the newest
     */
    public CollectionInfo info() {
        return info;
    }

    void update(CollectionInfo newest) {
        info = newest;
        settings.update(newest);
    }

    EffectiveSettings effective() {
        return settings;
    }

    /**
     * The settings in effect.
     *
     * @return the newest
     */
    public CollectionSettings settings() {
        return settings.get();
    }

    /** Another log takes the place of one that failed. */
    void reopened(Opening again) {
        opening = again;
    }

    /** Whether the storage failed and opening the log anew may help: not where an operator has to look first. */
    boolean mayRecover() {
        Opening now = opening;
        if (now instanceof Opening.Refused refused) {
            return refused.report().verdict() == Recovery.Verdict.UNAVAILABLE;
        }
        return ((Opening.Opened) now)
                .log()
                .failure()
                .filter(failure -> !(failure instanceof LogFencedException))
                .isPresent();
    }

    /**
     * The collection's log.
     *
     * @return the open log
     * @throws LogUnavailableException if it could not be recovered
     */
    public BatchLog log() {
        Opening now = opening;
        if (now instanceof Opening.Refused refused) {
            throw new LogUnavailableException(
                    "collection is unavailable until an operator has looked at it, verdict="
                            + refused.report().verdict() + ", collection=" + info.name() + ": "
                            + refused.report().detail(),
                    refused.cause());
        }
        return ((Opening.Opened) now).log();
    }

    /**
     * The log, if it could be recovered.
     *
     * @return the log or empty
     */
    public Optional<BatchLog> openLog() {
        return opening instanceof Opening.Opened opened ? Optional.of(opened.log()) : Optional.empty();
    }

    /**
     * What state the collection is in.
     *
     * @return a snapshot
     */
    public CollectionStatus status() {
        Opening now = opening;
        if (now instanceof Opening.Refused refused) {
            Recovery report = refused.report();
            return new CollectionStatus(
                    info.name(),
                    info.id().toString(),
                    LogState.UNAVAILABLE,
                    report.verdict() + ": " + report.detail(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    report);
        }
        BatchLog log = ((Opening.Opened) now).log();
        Memtable memtable = log.memtable();
        return new CollectionStatus(
                info.name(),
                info.id().toString(),
                log.failure().isPresent() ? LogState.FAILED : LogState.OPEN,
                log.failure().map(Causes::line).orElse(""),
                log.epoch(),
                memtable.lastSequence(),
                memtable.liveEntries(),
                memtable.batchBytes(),
                log.activeSegment(),
                log.activeBytes(),
                log.recovery());
    }
}
