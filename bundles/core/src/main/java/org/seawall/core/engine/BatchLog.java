package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.seawall.Acknowledgement;
import org.seawall.CollectionView;
import org.seawall.LogClosedException;
import org.seawall.LogFencedException;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.PointInTime;
import org.seawall.Recovery;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One directory of segments with its memtable: the engine under every collection and under the catalog. Safe for use by
 * several threads.
 *
 * <p>What is in the memtable is durable, unless the settings say that readers see what is written at once.
 */
public final class BatchLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);

    /** A large snapshot is not written again and again for a few small segments behind it. */
    private static final int SNAPSHOT_SHARE = 4;

    private final Session session;
    private final LogLayout layout;
    private final Memtable memtable;
    private final Recovery recovery;
    private final Committer committer;
    private final Signal signal;
    private final Upkeep upkeep;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong snapshotBase = new AtomicLong();
    private volatile Behind atSnapshot;
    private final FailedWriter ifFailed;
    private final long epoch;
    private volatile long activeSegment;
    private volatile String successor;
    private volatile long activeBytes;
    private volatile long agesAtMillis;

    /** Under the monitor of the upkeep. */
    private boolean ended;

    BatchLog(Session session, LogLayout layout, SegmentWriter writer, Recovered.Usable recovered) {
        this(session, layout, writer, recovered, new Signal());
    }

    private BatchLog(
            Session session, LogLayout layout, SegmentWriter writer, Recovered.Usable recovered, Signal signal) {
        this.signal = signal;
        this.session = session;
        this.layout = layout;
        this.memtable = recovered.memtable();
        this.recovery = recovered.report();
        this.epoch = writer.epoch();
        this.ifFailed = new FailedWriter(epoch);
        this.written.set(recovered.behind().bytes());
        this.atSnapshot = recovered.behind();
        this.committer = new Committer(writer, new Visible(writer), session, layout);
        this.upkeep = new Upkeep(session, layout, memtable, committer);
        observe(writer);
    }

    /**
     * Creates a log with its first segment, which is durable on return where the strategy has an active one.
     *
     * @param session what to write with
     * @param layout where
     * @return the empty log
     * @throws IOException if the storage fails; a part of the files may be there
     */
    public static BatchLog create(Session session, LogLayout layout) throws IOException {
        SegmentStore store = session.backend().strategy().open(session.backend().fileSystem(), layout.segments());
        Recovery nothing = new Recovery(Recovery.Verdict.COMPLETE, "", 0, 0, 0, 0, 0);
        Behind behind = new Behind(0, layout.founded().toEpochMilli(), 0);
        Recovered.Usable empty = new Recovered.Usable(nothing, new Memtable(), Head.founded(layout), List.of(), behind);
        return LogOpening.written(session, layout, store, empty);
    }

    /**
     * Recovers a log and goes on with it.
     *
     * @param session what to read and write with
     * @param layout where
     * @return the log, or why it could not be recovered
     */
    public static Opening open(Session session, LogLayout layout) {
        return open(session, layout, new Progress());
    }

    /**
     * Recovers a log and goes on with it.
     *
     * @param session what to read and write with
     * @param layout where
     * @param progress is told how far it is
     * @return the log, or why it could not be recovered
     */
    public static Opening open(Session session, LogLayout layout, Progress progress) {
        return new LogOpening(session, layout, progress).open();
    }

    /**
     * Recovers a log whose storage failed, and goes on with it in a new segment: nothing more is acknowledged in the one
     * whose write or force failed.
     *
     * @param session what to read and write with
     * @param failed the log that failed, which is closed
     * @return the log, or why it could not be recovered, which is a {@link LogFencedException} if another has taken it over
     */
    public static Opening openAfterFailure(Session session, BatchLog failed) {
        return new LogOpening(session, failed.layout, new Progress()).openAfter(failed.ifFailed);
    }

    /**
     * Appends a batch.
     *
     * @param batch entries encoded by the session's serializer
     * @return completes when the batch is durable and visible; see {@link org.seawall.WriteAheadLog#append}
     */
    public CompletableFuture<SequenceRange> append(EncodedBatch batch) {
        return append(batch, Acknowledgement.DURABLE).acknowledged();
    }

    /**
     * Appends a batch.
     *
     * @param batch entries encoded by the session's serializer
     * @param level when it is acknowledged
     * @return completes when it is acknowledged, and when it is durable
     */
    public Appended append(EncodedBatch batch, Acknowledgement level) {
        return committer.append(batch, level);
    }

    /**
     * Seals the active segment and begins the next.
     *
     * @return the sealed segment's name, or empty if there was nothing to seal
     */
    public Optional<String> roll() {
        return await(committer.run(writer -> {
            Optional<String> sealed = writer.roll();
            observe(writer);
            return sealed;
        }));
    }

    /** Seals the active segment if it is of an age to be, behind what waits to be written. Does not wait for it. */
    public void rollIfAged() {
        if (session.backend().clock().millis() >= agesAtMillis) {
            committer.run(writer -> {
                writer.rollIfAged();
                observe(writer);
                return null;
            });
        }
    }

    /**
     * Writes what is kept to the snapshot, in the calling thread, and archives the snapshot before it and the segments that
     * it covers. What is not kept leaves the memory. Appends go on meanwhile; they wait for the change of segments at most.
     *
     * @return the sequence up to which the snapshot holds what is kept
     */
    public long snapshot() {
        synchronized (upkeep) {
            AtomicLong base = new AtomicLong();
            SegmentHeader tail = seal(base);
            upkeep.snapshot(tail);
            snapshotBase.set(base.get());
            atSnapshot = new Behind(0, tail.createdMillis(), snapshotLength());
            return tail.covers().orElseThrow().lastSequence();
        }
    }

    /**
     * Merges the sealed segments behind the snapshot into one, in the calling thread, and archives them; on a storage that
     * several may write to, into the snapshot, which one writer alone can replace. What is not kept of
     * them leaves the memory. Appends go on meanwhile; they wait for the change of segments at most.
     *
     * @return the sequence up to which everything is in the snapshot or in the merged segment
     */
    public long compact() {
        if (session.backend().shared()) {
            return snapshot();
        }
        synchronized (upkeep) {
            SegmentHeader tail = seal(new AtomicLong());
            upkeep.compact(tail);
            return tail.covers().orElseThrow().lastSequence();
        }
    }

    /**
     * Merges small segments if there are enough of them in a row. On a storage that several may write to it takes a snapshot
     * in place of that, when what is behind the last one is worth it.
     *
     * @return whether it did
     */
    public boolean compactSmall() {
        synchronized (upkeep) {
            if (session.backend().shared()) {
                boolean due = upkeep.mayHaveSmall(activeSegment)
                        && bytesBehindSnapshot() >= atSnapshot.snapshotBytes() / SNAPSHOT_SHARE;
                if (due) {
                    snapshot();
                }
                return due;
            }
            return upkeep.mayHaveSmall(activeSegment)
                    && upkeep.compactSmall(await(committer.run(SegmentWriter::snapshotHeader)));
        }
    }

    /**
     * How often this writer has taken a snapshot.
     *
     * @return the number, since the log was opened or went on in its epoch
     */
    public long snapshots() {
        return upkeep.snapshots();
    }

    /**
     * How often this writer has merged segments.
     *
     * @return the number, since the log was opened or went on in its epoch
     */
    public long compactions() {
        return upkeep.compactions();
    }

    /**
     * Whether so much of what is in memory is superseded, deleted or expired that a snapshot is worth it. Looks at all
     * entries if it may be.
     *
     * @return whether the share and the number of dead bytes are over what is configured
     */
    public boolean needsCleaning() {
        return upkeep.needsCleaning();
    }

    /**
     * The log as it was, read from its files and verified as by a recovery. Seals the active segment first, and keeps
     * snapshots and compactions waiting until it is read.
     *
     * @param at the point
     * @param room is told about how many bytes the view takes in memory, before anything is read, and may throw
     * @return the view
     * @throws org.seawall.PastUnavailableException if the archive does not hold what is needed any more
     */
    public CollectionView view(PointInTime at, LongConsumer room) {
        synchronized (upkeep) {
            SegmentHeader tail = seal(new AtomicLong());
            try {
                Past past = new PastSearch(session.backend(), layout, tail).find(at);
                room.accept(past.bytes());
                LogRecovery reading = new LogRecovery(session, layout, new Progress());
                Memtable then = reading.past(past.base().map(FileInfo::location), past.files(), past.sequence());
                Instant read = past.sequence() == 0 ? layout.founded() : Instant.ofEpochMilli(reading.writtenMillis());
                Instant moment = at instanceof PointInTime.AtMoment point ? point.moment() : read;
                return new PastView(then, past.sequence(), moment, layout.directory());
            } catch (IOException e) {
                throw new LogUnavailableException("past not read, log=" + layout.directory(), e);
            }
        }
    }

    /** Deletes the archived generations that are too many or too old. */
    public void pruneArchive() {
        synchronized (upkeep) {
            if (ended) {
                throw new LogClosedException("log is closed, log=" + layout.directory());
            }
            try {
                upkeep.pruneIfDue();
            } catch (IOException e) {
                throw new LogUnavailableException("archive not pruned, log=" + layout.directory(), e);
            }
        }
    }

    /**
     * Keeps deletes from now on, for a sink that may hold what they end. A snapshot or a compaction that has begun comes to its
     * end first.
     *
     * @return the sequence up to which deletes are missing already: a sink that holds less does not know them
     */
    public long expectSink() {
        synchronized (upkeep) {
            memtable.sinkHolds(0);
            return memtable.deletesBehind();
        }
    }

    /**
     * Forces what is written.
     *
     * @return the sequence up to which everything is durable and in memory, the end of a batch
     * @throws LogUnavailableException if the storage failed before
     */
    public long durable() {
        return await(committer.run(SegmentWriter::durableSequence));
    }

    /**
     * Finishes what was submitted, seals the active segment and closes the files, as at the end of a session. What is in
     * memory is still read, and readers go on. On return nothing is done on the storage any more.
     *
     * @return from where the log goes on with other services
     * @throws LogUnavailableException if the storage failed, now or before: the log has to be recovered
     */
    public Continuation seal() {
        Left left = await(committer.run(writer -> {
            writer.roll();
            observe(writer);
            return writer.left();
        }));
        closeFiles();
        return new Continuation(this, layout, left);
    }

    /** The log that goes on behind this one, which is sealed, here or elsewhere, with its memory and its readers. */
    BatchLog continued(Session next, LogLayout where, SegmentWriter writer) {
        Behind behind = new Behind(bytesBehindSnapshot(), atSnapshot.sinceMillis(), atSnapshot.snapshotBytes());
        Recovered.Usable state = new Recovered.Usable(recovery, memtable, writer.head(), List.of(), behind);
        return new BatchLog(next, where, writer, state, signal);
    }

    /**
     * Where the log ends at present.
     *
     * @return words that no other log would say, since the chained checksum over all of it is among them
     * @throws LogUnavailableException if the storage failed before
     */
    public String end() {
        return await(committer.run(writer -> ChainCopy.end(writer.head())));
    }

    private SegmentHeader seal(AtomicLong bytesBefore) {
        return await(committer.run(writer -> {
            writer.roll();
            observe(writer);
            bytesBefore.set(written.get());
            return writer.snapshotHeader();
        }));
    }

    /**
     * How much there is to read at a recovery behind the snapshot.
     *
     * @return bytes of batches that were read or written since the newest snapshot
     */
    public long bytesBehindSnapshot() {
        return written.get() - snapshotBase.get();
    }

    /**
     * Since when the log goes on behind its snapshot.
     *
     * @return when the newest snapshot was taken, or the log created if there is none; in milliseconds of Unix time
     */
    public long snapshotMillis() {
        return atSnapshot.sinceMillis();
    }

    /**
     * How much there is to read at a recovery.
     *
     * @return bytes of the snapshot and of the batches behind it
     */
    public long logBytes() {
        return atSnapshot.snapshotBytes() + bytesBehindSnapshot();
    }

    /** The length of the newest snapshot that is known, or 0. */
    long snapshotBytes() {
        return atSnapshot.snapshotBytes();
    }

    private long snapshotLength() {
        try {
            return session.backend()
                    .fileSystem()
                    .find(layout.snapshot())
                    .map(FileInfo::size)
                    .orElse(0L);
        } catch (IOException e) {
            // the snapshot is durable, and its length is for the balance between directories only
            LOG.debug("length of a snapshot not found, log={}", layout.directory(), e);
            return atSnapshot.snapshotBytes();
        }
    }

    /**
     * A reader of all entries.
     *
     * @param fromSequence where to begin
     * @return the reader
     */
    public LogReader read(long fromSequence) {
        return new FollowingReader(memtable, fromSequence, signal, layout.directory());
    }

    /**
     * The entries that readers see.
     *
     * @return what is in memory
     */
    public Memtable memtable() {
        return memtable;
    }

    /**
     * What recovery found when the log was opened.
     *
     * @return a usable finding
     */
    public Recovery recovery() {
        return recovery;
    }

    /**
     * Why the log takes no more appends.
     *
     * @return the first failure of the storage, or empty
     */
    public Optional<Throwable> failure() {
        return committer.failure();
    }

    /**
     * Whether another writer has gone on with the log behind what this one knows.
     *
     * @return false where the storage has locks; elsewhere the storage is asked
     * @throws IOException if the storage fails
     */
    public boolean continued() throws IOException {
        Location next = layout.segments().segments().child(successor);
        return session.backend().shared()
                && session.backend().fileSystem().find(next).isPresent();
    }

    /**
     * Takes no more appends for good, since another writer has taken the log over.
     *
     * @param cause what tells so
     */
    public void fence(LogFencedException cause) {
        committer.fence(cause);
    }

    /**
     * What batches are encoded with that are appended to this log.
     *
     * @return the session's
     */
    public BatchSerializer serializer() {
        return session.backend().serializer();
    }

    /**
     * The epoch of this opening.
     *
     * @return at least 1
     */
    public long epoch() {
        return epoch;
    }

    /**
     * The number of the segment that is written to.
     *
     * @return at least 1, or 0 if there is none yet
     */
    public long activeSegment() {
        return activeSegment;
    }

    /**
     * The length of the segment that is written to.
     *
     * @return bytes
     */
    public long activeBytes() {
        return activeBytes;
    }

    /**
     * Finishes what was submitted, then closes the files. What is in memory is still read. A snapshot, a compaction or the
     * reading of a view that has begun comes to its end first: on return nothing is done on the storage any more, which may
     * be removed, or taken over by another opening. Again it does nothing.
     */
    public void closeFiles() {
        try {
            await(committer.close());
        } finally {
            committer.endLooks();
            synchronized (upkeep) {
                ended = true;
            }
        }
    }

    /** Finishes what was submitted, then closes the files. Readers end. Closing again does nothing. */
    @Override
    public void close() {
        try {
            closeFiles();
        } finally {
            signal.close();
            session.room().raise();
        }
    }

    private void observe(SegmentWriter writer) {
        activeSegment = writer.head().segment();
        successor = writer.head().successor();
        activeBytes = writer.store().activeBytes();
        agesAtMillis = writer.agesAtMillis();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SeawallException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Makes batches visible to readers. */
    private final class Visible implements Unforced.Readers {
        private final SegmentWriter writer;

        private Visible(SegmentWriter writer) {
            this.writer = writer;
        }

        @Override
        public void show(long firstSequence, EncodedBatch batch) {
            memtable.add(firstSequence, batch);
            written.addAndGet(batch.sizeBytes());
        }

        @Override
        public void groupEnds() {
            observe(writer);
            signal.raise();
        }
    }
}
