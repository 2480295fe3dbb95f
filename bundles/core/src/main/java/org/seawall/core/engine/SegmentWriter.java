package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentStore;

/**
 * Numbers batches, frames them and hands them to the store, and begins the next segment when one is due. For one thread.
 * After an exception the writer is of no more use: what is on the storage has to be read again.
 */
final class SegmentWriter implements AutoCloseable {
    private final Session session;
    private final LogLayout layout;
    private final SegmentStore store;
    private final long epoch;

    private Head head;
    private SegmentFormat format;
    private long durableSequence;
    private boolean holdsBatches;

    /** Whether the segment at the head is nowhere yet, since nothing was written to it. */
    private boolean nowhere;

    private boolean broken;
    private Optional<LogFencedException> overtaken = Optional.empty();

    private SegmentWriter(Session session, LogLayout layout, SegmentStore store, Head head) {
        this.session = session;
        this.layout = layout;
        this.store = store;
        this.head = head;
        this.epoch = head.epoch() + 1;
        // what was read back is forced before it is gone on from
        this.durableSequence = head.nextSequence() - 1;
    }

    /** Goes on where a log ends; a torn tail is copied aside and cut off first. */
    static SegmentWriter resume(Session session, LogLayout layout, SegmentStore store, Head head) throws IOException {
        SegmentWriter writer = new SegmentWriter(session, layout, store, head);
        if (head.active().isPresent()) {
            writer.resume(head.active().get());
        } else if (store.activeFile()) {
            writer.begin();
        } else if (writer.fences()) {
            writer.fence();
        }
        return writer;
    }

    /**
     * Takes the log over: a segment without batches under the one name that every earlier writer has to use next. It stays
     * there for good, see {@link Fences}.
     *
     * @throws LogFencedException if somebody went on with the log since it was read
     * @throws FenceUnknownException if nobody knows whether the segment is there
     */
    private void fence() throws IOException {
        Location name = layout.segments().segments().child(head.successor());
        boolean begun = BegunSegment.isAt(name, session.backend().fileSystem());
        try {
            if (begun) {
                ByteBuffer header = header();
                follow();
                BegunSegment.fence(name, header, session.backend().fileSystem());
            } else {
                begin();
                await(store.write(List.of()));
                nowhere = false;
            }
        } catch (OutcomeUnknownException e) {
            throw new FenceUnknownException(head, "outcome of a fence is unknown, log=" + layout.directory(), e);
        }
    }

    /** Goes on in a segment of its own, so that nothing more is written to one whose write or force failed. */
    void leaveActive() throws IOException {
        if (store.activeFile()) {
            begin();
        }
    }

    private void resume(Head.ActiveEnd active) throws IOException {
        if (active.torn()) {
            Instant now = session.backend().clock().instant();
            String name = "torn_" + head.segment() + "_" + active.end() + "_" + now.toEpochMilli() + ".bytes";
            store.cutTail(
                    active.file(), active.end(), Archive.generation(layout, now).child(name));
        }
        store.resume(active.file(), head.name(), active.end());
        format = active.format();
        holdsBatches = head.nextSequence() > format.header().firstSequence();
        if (active.serializer() != session.backend().serializer() || !format.current()) {
            begin();
        }
    }

    /**
     * Whether every opening leaves a fence: on a storage without locks, in a log with one writer. The names of segments tell
     * their writers apart.
     */
    private boolean fences() {
        return !store.activeFile() && session.backend().shared() && layout.writers() == LogLayout.Writers.ONE;
    }

    /** How many groups may be with the storage at once: several only where each is a segment, and every opening a fence. */
    int mostInFlight() {
        return store.segmentPerCommit() && fences()
                ? session.settings().window().groups()
                : 1;
    }

    /** Writes batches, in their order. They are durable after the next {@link #sync} or change of segments. */
    void write(Group group) throws IOException {
        await(send(group).written());
    }

    /**
     * Hands batches to the store, in their order. Others may follow before it has written them; each has to be settled, in the
     * same order.
     */
    Sent send(Group group) {
        if (group.first() != head.nextSequence()) {
            throw new IllegalStateException("batch out of order, expected=" + head.nextSequence() + ", actual="
                    + group.first() + ", log=" + layout.directory());
        }
        beginIfDue();
        long now = session.backend().clock().millis();
        List<ByteBuffer> frames = new ArrayList<>(group.batches().size() * 3);
        int chain = head.chain();
        for (Group.Batch batch : group.batches()) {
            BatchHeader header = new BatchHeader(batch.range().first(), epoch, session.writer(), durableSequence, now);
            FrameBytes frame = format.frame(header, batch.encoded());
            frames.addAll(frame.bytes());
            chain = Chain.next(chain, frame.checksum());
        }
        if (!store.takes(frames.stream().mapToLong(ByteBuffer::remaining).sum())) {
            // framed anew: a frame holds the marker of its segment
            beginNext();
            return send(group);
        }
        Sent sent = new Sent(group, head.name(), store.write(frames));
        nowhere = false;
        head = head.withBatches(chain, group.last(), epoch);
        holdsBatches = true;
        return sent;
    }

    /**
     * Learns what became of the first group that was sent and not settled: written where every group is a segment, so durable.
     *
     * @throws LogFencedException if another writer has gone on with the log in its place
     * @throws IOException if the storage failed, with this group or with one before it
     */
    void settle(Sent sent) throws IOException {
        try {
            await(sent.written());
        } catch (LogFencedException e) {
            if (overtaken.isEmpty()) {
                // one that was never handed over is told why as it is
                overtaken = Optional.of(sent.segment().isEmpty() ? e : takenOver(e, sent.segment()));
            }
            throw overtaken.get();
        }
        durableSequence = sent.group().last();
    }

    /** Makes everything that was written durable. */
    void sync() throws IOException {
        if (durableSequence < head.nextSequence() - 1) {
            await(store.sync());
            durableSequence = head.nextSequence() - 1;
        }
    }

    /** The newest sequence that is known to be durable. */
    long durableSequence() {
        return durableSequence;
    }

    /** Whether a force costs nothing, since every write is one. */
    boolean forcesEveryWrite() {
        return !store.activeFile();
    }

    /** Seals the active segment, if the strategy has one and it holds a batch, and returns its name. */
    Optional<String> roll() throws IOException {
        if (store.segmentPerCommit() || !holdsBatches) {
            return Optional.empty();
        }
        String sealed = head.name();
        begin();
        return Optional.of(sealed);
    }

    /** From when on the active segment is of an age at which it is sealed, in milliseconds of Unix time. */
    long agesAtMillis() {
        long limit = session.settings().segmentMillis();
        return holdsBatches && !store.segmentPerCommit() && limit > 0
                ? format.header().createdMillis() + limit
                : Long.MAX_VALUE;
    }

    private boolean aged() {
        return session.backend().clock().millis() >= agesAtMillis();
    }

    /** Seals the active segment if it is of an age to be. */
    void rollIfAged() throws IOException {
        if (aged()) {
            roll();
        }
    }

    /** What a snapshot of everything in sealed segments says about the place where the log goes on. */
    SegmentHeader snapshotHeader() {
        boolean active = !store.segmentPerCommit() && format != null;
        SegmentHeader begun = active ? format.header() : null;
        return new SegmentHeader(
                layout.id(),
                active ? begun.segment() - 1 : head.segment(),
                // that of the segment to go on with; this opening's may be higher, as that of batches which are in it
                active ? begun.epoch() : head.epoch(),
                1,
                active ? begun.predecessor() : head.name(),
                active ? begun.predecessorChain() : head.chain(),
                active ? head.name() : head.successor(),
                Optional.of(new Coverage(
                        1, 0, (active ? begun.firstSequence() : head.nextSequence()) - 1, Coverage.UNKNOWN)),
                session.backend().clock().millis());
    }

    /** Where the log is left by who closes it behind a {@link #roll}. */
    Left left() {
        Optional<SegmentFormat> active = store.activeFile() ? Optional.of(format) : Optional.empty();
        Backend backend = session.backend();
        return new Left(
                nowhere ? behindSealed() : head,
                active,
                backend.serializer(),
                backend.strategy().name());
    }

    private Head behindSealed() {
        SegmentHeader begun = format.header();
        return new Head(
                begun.segment() - 1,
                begun.predecessor(),
                begun.predecessorChain(),
                head.name(),
                head.nextSequence(),
                epoch,
                Optional.empty());
    }

    /** Whether a change of segments failed in the middle. */
    boolean broken() {
        return broken;
    }

    SegmentStore store() {
        return store;
    }

    Head head() {
        return head;
    }

    long epoch() {
        return epoch;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    private void beginIfDue() {
        boolean full = holdsBatches && store.activeBytes() >= session.settings().segmentBytes();
        if (store.segmentPerCommit() || !store.takes(0) || full || aged()) {
            beginNext();
        }
    }

    private void beginNext() {
        try {
            begin();
        } catch (LogFencedException e) {
            throw takenOver(e, head.name());
        } catch (IOException e) {
            throw new LogUnavailableException("next segment not begun, log=" + layout.directory(), e);
        }
    }

    private void begin() throws IOException {
        ByteBuffer header = header();
        String name = head.successor();
        broken = true;
        store.begin(name, header);
        broken = false;
        nowhere = !store.activeFile();
        if (!store.segmentPerCommit()) {
            durableSequence = head.nextSequence() - 1;
        }
        follow();
    }

    /** Builds the next segment's header. */
    private ByteBuffer header() {
        Instant now = session.backend().clock().instant();
        long number = head.segment() + 1;
        Instant moment = fences() ? SegmentName.moment(now, epoch) : now;
        String successor = SegmentName.of(layout.prefix(), number + 1, moment);
        format = session.backend()
                .serializer()
                .begin(new SegmentHeader(
                        layout.id(),
                        number,
                        epoch,
                        head.nextSequence(),
                        head.name(),
                        head.chain(),
                        successor,
                        Optional.empty(),
                        now.toEpochMilli()));
        return format.headerBytes();
    }

    /** The place where the log goes on is in the segment whose header was built. */
    private void follow() {
        SegmentHeader header = format.header();
        int chain = Chain.begin(format.headerBytes());
        head = new Head(
                header.segment(),
                head.successor(),
                chain,
                header.successor(),
                head.nextSequence(),
                epoch,
                Optional.empty());
        holdsBatches = false;
    }

    /** Says who it was, as far as a segment tells: the one in the place of ours, or the one behind ours, which was sealed. */
    private LogFencedException takenOver(LogFencedException fenced, String segment) {
        Location segments = layout.segments().segments();
        Location file = segments.child(segment);
        try {
            SegmentHeader theirs = session.backend().headerOf(file);
            if (theirs.epoch() <= epoch) {
                file = segments.child(head.successor());
                theirs = session.backend().headerOf(file);
            }
            return new LogFencedException(
                    "another writer has taken the log over, epoch=" + theirs.epoch() + ", since="
                            + Instant.ofEpochMilli(theirs.createdMillis()) + ", own epoch=" + epoch
                            + askedBy(theirs.epoch(), fenced) + ", file=" + file,
                    fenced);
        } catch (IOException | SeawallException e) {
            fenced.addSuppressed(e);
            return fenced;
        }
    }

    private String askedBy(long theirs, LogFencedException fenced) {
        try {
            return TakeoverRequest.askedBy(session.backend(), layout, theirs - 1);
        } catch (IOException | SeawallException e) {
            fenced.addSuppressed(e);
            return "";
        }
    }

    private void await(CompletableFuture<Void> storage) throws IOException {
        try {
            storage.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SeawallException cause) {
                throw cause;
            }
            throw new IOException("write or force failed, log=" + layout.directory(), e.getCause());
        }
    }
}
