package org.seawall.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seawall.LogFencedException;
import org.seawall.SeawallException;
import org.seawall.core.engine.Recovered.Usable;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentStore;

/**
 * Recovers a log and takes it over. Where the storage has no locks somebody may write to it meanwhile: then the fence finds its
 * name taken, or stands where the log has long gone on from, and recovery goes on to the new end. For one thread, once.
 */
final class LogOpening {
    private final Session session;
    private final LogLayout layout;
    private final Progress progress;
    private final Contention contention;

    LogOpening(Session session, LogLayout layout, Progress progress) {
        this.session = session;
        this.layout = layout;
        this.progress = progress;
        this.contention = new Contention(session, layout);
    }

    Opening open() {
        return opened(Optional.empty());
    }

    /** Opens a log whose storage failed under a writer, in a new segment, unless another took it over. */
    Opening openAfter(FailedWriter failed) {
        return opened(Optional.of(failed));
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

    private Opening opened(Optional<FailedWriter> failed) {
        try {
            while (true) {
                LogRecovery recovery = new LogRecovery(session, layout, progress);
                Optional<Opening> opened = along(recovery, failed);
                if (opened.isPresent()) {
                    return opened.get();
                }
            }
        } catch (FenceUnknownException e) {
            failed.ifPresent(writer -> writer.fenced(e.fence()));
            return Opening.Refused.unavailable(e);
        } catch (IOException | SeawallException e) {
            return Opening.Refused.unavailable(e);
        }
    }

    /** Follows the log to its end until nobody came in between; empty if a snapshot has gone past what was read. */
    private Optional<Opening> along(LogRecovery recovery, Optional<FailedWriter> failed) throws IOException {
        SegmentStore store = store();
        Recovered recovered = recovery.run(store);
        while (recovered instanceof Usable usable) {
            try {
                return takenOver(recovery, store, usable, failed);
            } catch (FenceTakenException e) {
                contention.lost(usable.head().epoch(), e);
            }
            store = store();
            recovered = recovery.runOn(store);
        }
        store.close();
        return refused(recovery, (Recovered.Refused) recovered);
    }

    private Optional<Opening> refused(LogRecovery recovery, Recovered.Refused refused) throws IOException {
        if (session.backend().shared() && recovery.snapshotMoved()) {
            contention.lost(0, refused.cause());
            return Optional.empty();
        }
        return Optional.of(new Opening.Refused(refused.report(), refused.cause()));
    }

    private Optional<Opening> takenOver(
            LogRecovery recovery, SegmentStore store, Usable read, Optional<FailedWriter> failed)
            throws IOException, FenceTakenException {
        boolean done = false;
        try {
            refuseIfOvertaken(read, failed);
            Recovered ended = othersMayAppend(store) ? recovery.end() : read;
            if (!(ended instanceof Usable recovered)) {
                return refused(recovery, (Recovered.Refused) ended);
            }
            SegmentWriter writer = resumed(store, recovered.head());
            failed.ifPresent(earlier -> earlier.fenced(writer.head()));
            if (passed(recovery, writer)) {
                contention.lost(
                        recovered.head().epoch(),
                        new GapException(
                                "the end of the log",
                                "archived",
                                layout.directory().toString()));
                return Optional.empty();
            }
            if (failed.isPresent()) {
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

    /** Whether the segment that was read last may grow under the hands of another writer. */
    private boolean othersMayAppend(SegmentStore store) {
        return !store.activeFile()
                && session.backend().shared()
                && layout.writers() == LogLayout.Writers.ONE
                && session.backend().fileSystem().capabilities().contains(Capability.SEAL);
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
    private void refuseIfOvertaken(Usable recovered, Optional<FailedWriter> failed) throws IOException {
        Head end = recovered.head();
        if (session.backend().shared() && failed.isPresent() && failed.get().overtaken(end)) {
            throw new LogFencedException("another writer has taken the log over while the storage failed, epoch="
                    + end.epoch() + ", own epoch=" + failed.get().epoch()
                    + TakeoverRequest.askedBy(session.backend(), layout, end.epoch() - 1) + ", log="
                    + layout.directory());
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
