package org.seawall.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.core.engine.Recovered.Usable;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentStore;

/**
 * Recovers a log and takes it over. Where the storage has no locks somebody may write to it meanwhile: then the fence finds its
 * name taken, or stands where the log has long gone on from, and recovery goes on to the new end. For one thread, once.
 */
final class LogOpening {
    private static final int ATTEMPTS = 100;

    private final Session session;
    private final LogLayout layout;
    private final Progress progress;
    private int attempts;

    LogOpening(Session session, LogLayout layout, Progress progress) {
        this.session = session;
        this.layout = layout;
        this.progress = progress;
    }

    Opening open() {
        return opened(OptionalLong.empty());
    }

    /** Opens a log whose storage failed under a writer of an epoch, in a new segment, unless another took it over. */
    Opening openAfter(long failedEpoch) {
        return opened(OptionalLong.of(failedEpoch));
    }

    /** A log that goes on behind what was read of it. The store is closed if it cannot. */
    static BatchLog written(Session session, LogLayout layout, SegmentStore store, Usable recovered)
            throws IOException {
        try {
            return new BatchLog(
                    session, layout, SegmentWriter.resume(session, layout, store, recovered.head()), recovered);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private Opening opened(OptionalLong failedEpoch) {
        try {
            while (true) {
                LogRecovery recovery = new LogRecovery(session, layout, progress);
                Optional<Opening> opened = along(recovery, failedEpoch);
                if (opened.isPresent()) {
                    return opened.get();
                }
            }
        } catch (IOException | SeawallException e) {
            return Opening.Refused.unavailable(e);
        }
    }

    /** Follows the log to its end until nobody came in between; empty if a snapshot has gone past what was read. */
    private Optional<Opening> along(LogRecovery recovery, OptionalLong failedEpoch) throws IOException {
        SegmentStore store = store();
        Recovered recovered = recovery.run(store);
        while (recovered instanceof Usable usable) {
            try {
                return takenOver(recovery, store, usable, failedEpoch);
            } catch (FenceTakenException e) {
                countAttempt(e);
            }
            store = store();
            recovered = recovery.runOn(store);
        }
        store.close();
        Recovered.Refused refused = (Recovered.Refused) recovered;
        if (session.backend().shared() && recovery.snapshotMoved()) {
            countAttempt(refused.cause());
            return Optional.empty();
        }
        return Optional.of(new Opening.Refused(refused.report(), refused.cause()));
    }

    private void countAttempt(Exception cause) {
        attempts++;
        if (attempts == ATTEMPTS) {
            throw new LogUnavailableException(
                    "another writer goes on with the log faster than it can be taken over, stop it or try again when it"
                            + " writes less, log=" + layout.directory(),
                    cause);
        }
    }

    private Optional<Opening> takenOver(
            LogRecovery recovery, SegmentStore store, Usable recovered, OptionalLong failedEpoch)
            throws IOException, FenceTakenException {
        boolean done = false;
        try {
            refuseIfOvertaken(recovered, failedEpoch);
            SegmentWriter writer = resumed(store, recovered.head());
            if (passed(recovery, writer)) {
                countAttempt(new GapException(
                        "the end of the log", "archived", layout.directory().toString()));
                return Optional.empty();
            }
            if (failedEpoch.isPresent()) {
                writer.leaveActive();
            }
            if (!session.backend().shared()) {
                archive(recovered.replaced());
            }
            done = true;
            return Optional.of(new Opening.Opened(new BatchLog(session, layout, writer, recovered)));
        } finally {
            if (!done) {
                store.close();
            }
        }
    }

    private SegmentWriter resumed(SegmentStore store, Head head) throws IOException, FenceTakenException {
        try {
            return SegmentWriter.resume(session, layout, store, head);
        } catch (LogFencedException e) {
            throw new FenceTakenException(e);
        }
    }

    /**
     * Whether the fence stands beside the log: what was read may be long ago, and the name of the fence that of a segment which
     * was written and archived since. A snapshot that covers that segment was durable before the name became free.
     */
    private boolean passed(LogRecovery recovery, SegmentWriter writer) throws IOException {
        return session.backend().shared()
                && recovery.snapshotMoved()
                && session.backend().headerOf(layout.snapshot()).segment()
                        >= writer.head().segment();
    }

    /** A local log is locked, and what is of a higher epoch there is its own. */
    private void refuseIfOvertaken(Usable recovered, OptionalLong failedEpoch) {
        long epoch = recovered.head().epoch();
        if (session.backend().shared() && failedEpoch.isPresent() && epoch > failedEpoch.getAsLong()) {
            throw new LogFencedException("another writer has taken the log over while the storage failed, epoch="
                    + epoch + ", own epoch=" + failedEpoch.getAsLong() + ", log=" + layout.directory());
        }
    }

    /** Somebody went on with the log since it was read. */
    private static final class FenceTakenException extends Exception {
        private static final long serialVersionUID = 1L;

        private FenceTakenException(LogFencedException cause) {
            super(cause);
        }
    }

    /** Does what a crash kept a snapshot or a compaction from doing; among several writers the next snapshot does it. */
    private void archive(List<Numbered> replaced) throws IOException {
        if (!replaced.isEmpty()) {
            Archive archive = new Archive(session.backend().fileSystem(), layout);
            Location generation = archive.generation(session.backend().clock().instant());
            archive.retire(replaced.stream().map(Numbered::file).toList(), generation);
        }
    }

    private SegmentStore store() throws IOException {
        return session.reading()
                .retries()
                .of(() -> session.backend().strategy().open(session.backend().fileSystem(), layout.segments()));
    }
}
