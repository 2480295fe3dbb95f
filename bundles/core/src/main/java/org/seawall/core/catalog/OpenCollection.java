package org.seawall.core.catalog;

import java.util.Optional;
import org.seawall.CollectionStatus;
import org.seawall.LogFencedException;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.RecoveryProgress;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.directory.Place;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Causes;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Progress;
import org.seawall.core.memtable.Memtable;

/**
 * A collection of the catalog with its log, or with the reason why it has none. Its monitor is held while the log is opened
 * or closed.
 */
public final class OpenCollection {
    private final EffectiveSettings settings;
    private volatile Opening opening;
    private volatile CollectionRecord record;
    private volatile String moving = "";
    private volatile Optional<StorageDirectory> directory;
    private volatile boolean moves;
    private volatile boolean wholeCopy;
    private volatile boolean readsAcross;
    private volatile Optional<BatchLog> unconfirmed = Optional.empty();
    private boolean closed;

    OpenCollection(
            CollectionRecord record,
            EffectiveSettings settings,
            Optional<StorageDirectory> directory,
            Opening opening) {
        this.record = record;
        this.settings = settings;
        this.directory = directory;
        this.opening = opening;
    }

    /**
     * The collection as the catalog holds it.
     *
     * @return the newest
     */
    public CollectionInfo info() {
        return record.info();
    }

    void update(CollectionInfo newest) {
        record = record.with(newest);
        settings.update(newest);
    }

    /** What the catalog says of it. */
    CollectionRecord record() {
        return record;
    }

    /** It was moved, or is known to have been. */
    void moved(CollectionRecord newest) {
        record = newest;
        wholeCopy = false;
    }

    /**
     * Whether a part of its files is still in another place: nothing of them is replaced or removed meanwhile.
     *
     * @return true until all are copied
     */
    public boolean across() {
        return record.across() || readsAcross;
    }

    /** Whether it was opened to be read across. */
    boolean readsAcross() {
        return readsAcross;
    }

    void readsAcross(boolean now) {
        readsAcross = now;
    }

    /** The log that was recovered and is not open before the catalog was looked at again. */
    Optional<BatchLog> unconfirmed() {
        return unconfirmed;
    }

    void unconfirmed(Optional<BatchLog> log) {
        unconfirmed = log;
    }

    /** Whether it is between two places, and nobody else opens it. */
    boolean moves() {
        return moves;
    }

    void moves(boolean now) {
        moves = now;
    }

    /** Whether all of its files in the old place were found to be in the new one. */
    boolean wholeCopy() {
        return wholeCopy;
    }

    void wholeCopy(boolean now) {
        wholeCopy = now;
    }

    /** How far its move is, in words for the status; empty if there is none. */
    void moving(String words) {
        moving = words;
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

    Place place() {
        return record.place();
    }

    /**
     * The directory that it is on.
     *
     * @return the directory, or empty if it is not known or not configured
     */
    public Optional<StorageDirectory> directory() {
        return directory;
    }

    /** The directory turned out to be another, since a storage is there under another URL. */
    void directory(Optional<StorageDirectory> found) {
        directory = found;
    }

    /**
     * The log, how far its recovery is, or why there is none.
     *
     * @return one of them
     */
    public Opening opening() {
        return opening;
    }

    /** Another log, or another reason why there is none, takes the place of what was. */
    void reopened(Opening again) {
        opening = again;
    }

    /** Whether nothing is opened any more. For the one who holds the monitor. */
    boolean closed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }

    /** Whether opening the log may help: not where an operator has to look first. */
    boolean mayOpen() {
        Opening now = opening;
        if (moves || unconfirmed.isPresent()) {
            return false;
        }
        if (now instanceof Opening.Refused refused) {
            return refused.report().verdict() == Recovery.Verdict.UNAVAILABLE;
        }
        return now instanceof Opening.Recovering || now instanceof Opening.Held || failed();
    }

    /** Whether there is a log, and it takes no appends since its storage failed. */
    boolean failed() {
        return openLog()
                .flatMap(BatchLog::failure)
                .filter(failure -> !(failure instanceof LogFencedException))
                .isPresent();
    }

    /**
     * The collection's log for those who read what is in memory: also while its services are away.
     *
     * @return the open log, or the one that waits for services
     * @throws LogUnavailableException if it is not recovered yet or could not be recovered
     */
    public BatchLog memory() {
        return opening instanceof Opening.Held held ? held.before() : log();
    }

    /**
     * The collection's log.
     *
     * @return the open log
     * @throws LogUnavailableException if it is not recovered yet, could not be recovered, or waits for services
     */
    public BatchLog log() {
        Opening now = opening;
        if (now instanceof Opening.Opened opened) {
            return opened.log();
        }
        if (now instanceof Opening.Held held) {
            throw new LogUnavailableException("collection takes no appends until its services are back, collection="
                    + info().name() + ": " + held.why());
        }
        if (now instanceof Opening.Refused refused) {
            boolean again = refused.report().verdict() == Recovery.Verdict.UNAVAILABLE;
            throw new LogUnavailableException(
                    (again
                                    ? "collection is unavailable until its storage can be read"
                                    : "collection is unavailable until an operator has looked at it")
                            + ", verdict=" + refused.report().verdict() + ", collection=" + info().name() + ": "
                            + refused.report().detail(),
                    refused.cause());
        }
        throw new LogUnavailableException((now instanceof Opening.Elsewhere
                        ? "collection was created by another process and is not open here, collection="
                        : "collection is being recovered, collection=")
                + info().name());
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
     * The log whose entries are in memory.
     *
     * @return the open log or the one that waits for services, or empty
     */
    public Optional<BatchLog> inMemory() {
        return opening instanceof Opening.Held held ? Optional.of(held.before()) : openLog();
    }

    /**
     * How much of the storage it takes.
     *
     * @return bytes of its log, as far as they are known
     */
    public long logBytes() {
        Opening now = opening;
        if (now instanceof Opening.Recovering recovering) {
            return recovering.progress().totalBytes();
        }
        return inMemory().map(BatchLog::logBytes).orElse(0L);
    }

    /**
     * What state the collection is in.
     *
     * @return a snapshot
     */
    public CollectionStatus status() {
        return status("");
    }

    /**
     * What state the collection is in.
     *
     * @param besides what is to be said of one that is open, if there is nothing else; may be empty
     * @return a snapshot
     */
    public CollectionStatus status(String besides) {
        Opening now = opening;
        if (now instanceof Opening.Opened opened) {
            Optional<Throwable> failure = opened.log().failure();
            return status(
                    opened.log(),
                    failure.isPresent() ? LogState.FAILED : LogState.OPEN,
                    failure.map(Causes::line).orElse(moving.isEmpty() ? besides : moving));
        }
        if (now instanceof Opening.Held held) {
            return status(held.before(), LogState.WAITING, held.why());
        }
        if (now instanceof Opening.Recovering recovering) {
            Progress progress = recovering.progress();
            Recovery nothing = new Recovery(Recovery.Verdict.COMPLETE, "", 0, 0, 0, progress.readBytes(), 0);
            return without(
                    LogState.RECOVERING,
                    "",
                    nothing,
                    new RecoveryProgress(progress.readBytes(), progress.totalBytes()));
        }
        if (now instanceof Opening.Elsewhere) {
            Recovery nothing = new Recovery(Recovery.Verdict.COMPLETE, "", 0, 0, 0, 0, 0);
            return without(
                    LogState.WAITING,
                    "created by another process, opened here when it is first used here",
                    nothing,
                    new RecoveryProgress(0, 0));
        }
        Recovery report = ((Opening.Refused) now).report();
        return without(
                LogState.UNAVAILABLE,
                report.verdict() + ": " + report.detail(),
                report,
                new RecoveryProgress(report.bytes(), report.bytes()));
    }

    private CollectionStatus status(BatchLog log, LogState state, String detail) {
        Memtable memtable = log.memtable();
        long read = log.recovery().bytes();
        return new CollectionStatus(
                info().name(),
                info().id().toString(),
                url(),
                state,
                detail,
                log.epoch(),
                memtable.lastSequence(),
                memtable.sink().released(),
                memtable.liveEntries(),
                memtable.batchBytes(),
                log.activeSegment(),
                log.activeBytes(),
                log.logBytes(),
                log.snapshots(),
                log.compactions(),
                log.recovery(),
                new RecoveryProgress(read, read));
    }

    private CollectionStatus without(LogState state, String detail, Recovery report, RecoveryProgress progress) {
        return new CollectionStatus(
                info().name(),
                info().id().toString(),
                url(),
                state,
                detail,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                progress.totalBytes(),
                0,
                0,
                report,
                progress);
    }

    private String url() {
        Place place = record.place();
        return directory
                .filter(here -> place.first()
                        || here.storage()
                                .filter(id -> !id.equals(place.storage()))
                                .isEmpty())
                .map(StorageDirectory::url)
                .orElse(place.url());
    }
}
