package org.seawall.core.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.Acknowledgement;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentStore;

/**
 * One directory of segments with its memtable: the engine under every collection and under the catalog. Safe for use by
 * several threads.
 *
 * <p>What is in the memtable is durable, unless the settings say that readers see what is written at once.
 */
public final class BatchLog implements AutoCloseable {
    private final Session session;
    private final LogLayout layout;
    private final Memtable memtable;
    private final Recovery recovery;
    private final Committer committer;
    private final Signal signal = new Signal();
    private final Object snapshots = new Object();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong snapshotBase = new AtomicLong();
    private final long epoch;
    private volatile long activeSegment;
    private volatile long activeBytes;
    private volatile long agesAtMillis;

    private BatchLog(Session session, LogLayout layout, SegmentWriter writer, Recovered.Usable recovered) {
        this.session = session;
        this.layout = layout;
        this.memtable = recovered.memtable();
        this.recovery = recovered.report();
        this.epoch = writer.epoch();
        this.written.set(recovered.behindSnapshot());
        this.committer = new Committer(writer, new Visible(writer), session, layout.directory());
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
        Recovered.Usable empty = new Recovered.Usable(nothing, new Memtable(), Head.founded(layout), 0, 0);
        return open(session, layout, store, empty, false);
    }

    /**
     * Recovers a log and goes on with it.
     *
     * @param session what to read and write with
     * @param layout where
     * @return the log, or why it could not be recovered
     */
    public static Opening open(Session session, LogLayout layout) {
        return open(session, layout, false);
    }

    /**
     * Recovers a log whose storage failed, and goes on with it in a new segment: nothing more is acknowledged in the one
     * whose write or force failed.
     *
     * @param session what to read and write with
     * @param layout where; the log that failed is closed
     * @return the log, or why it could not be recovered
     */
    public static Opening openAfterFailure(Session session, LogLayout layout) {
        return open(session, layout, true);
    }

    private static Opening open(Session session, LogLayout layout, boolean afterFailure) {
        try {
            SegmentStore store =
                    session.backend().strategy().open(session.backend().fileSystem(), layout.segments());
            Recovered recovered = new LogRecovery(session.backend(), layout).run(store);
            if (recovered instanceof Recovered.Refused refused) {
                store.close();
                return new Opening.Refused(refused.report(), refused.cause());
            }
            return new Opening.Opened(open(session, layout, store, (Recovered.Usable) recovered, afterFailure));
        } catch (IOException | SeawallException e) {
            Recovery report = new Recovery(Recovery.Verdict.UNAVAILABLE, Causes.line(e), 0, 0, 0, 0, 0);
            return new Opening.Refused(report, e);
        }
    }

    private static BatchLog open(
            Session session, LogLayout layout, SegmentStore store, Recovered.Usable recovered, boolean afterFailure)
            throws IOException {
        try {
            SegmentWriter writer = SegmentWriter.resume(session, layout, store, recovered.head());
            if (afterFailure) {
                writer.leaveActive();
            }
            if (recovered.covered() > 0) {
                new Snapshot(session, layout).archiveCovered(recovered.covered());
            }
            return new BatchLog(session, layout, writer, recovered);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
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
     * Writes the live entries to the snapshot and archives the segments that it covers, in the calling thread. Appends go
     * on meanwhile; they wait for the change of segments at most.
     *
     * @return the sequence up to which the snapshot holds the live entries
     */
    public long snapshot() {
        synchronized (snapshots) {
            AtomicLong base = new AtomicLong();
            SegmentHeader header = await(committer.run(writer -> {
                writer.roll();
                observe(writer);
                base.set(written.get());
                return writer.snapshotHeader();
            }));
            try {
                new Snapshot(session, layout).take(header, memtable);
            } catch (IOException e) {
                throw new LogUnavailableException("snapshot not taken, the log goes on, log=" + layout.directory(), e);
            }
            snapshotBase.set(base.get());
            return header.covers().orElseThrow().lastSequence();
        }
    }

    /**
     * How much there is to read at a recovery behind the snapshot.
     *
     * @return bytes of segments that were read or written since the newest snapshot
     */
    public long bytesBehindSnapshot() {
        return written.get() - snapshotBase.get();
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

    /** Finishes what was submitted, then closes the files. What is in memory is still read. Again it does nothing. */
    public void closeFiles() {
        await(committer.close());
    }

    /** Finishes what was submitted, then closes the files. Readers end. Closing again does nothing. */
    @Override
    public void close() {
        try {
            closeFiles();
        } finally {
            signal.close();
        }
    }

    private void observe(SegmentWriter writer) {
        activeSegment = writer.head().segment();
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
