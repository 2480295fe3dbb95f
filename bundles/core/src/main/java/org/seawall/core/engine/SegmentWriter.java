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
    private boolean broken;

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
        } else if (!store.segmentPerCommit()) {
            writer.begin();
        } else if (session.backend().shared() && layout.writers() == LogLayout.Writers.ONE) {
            writer.fence();
        }
        return writer;
    }

    /**
     * Takes the log over: a segment without batches under the one name that every earlier writer has to use next. It stays
     * there for good, see {@link Fences}.
     *
     * @throws LogFencedException if somebody went on with the log since it was read
     */
    private void fence() throws IOException {
        begin();
        await(store.write(List.of()));
    }

    /** Goes on in a segment of its own, so that nothing more is written to one whose write or force failed. */
    void leaveActive() throws IOException {
        if (!store.segmentPerCommit()) {
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

    /** Writes batches, in their order. They are durable after the next {@link #sync} or change of segments. */
    void write(Group group) throws IOException {
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
        try {
            await(store.write(frames));
        } catch (LogFencedException e) {
            throw takenOver(e);
        }
        head = head.withBatches(chain, group.last(), epoch);
        holdsBatches = true;
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
        return store.segmentPerCommit();
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
        boolean active = !store.segmentPerCommit();
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
        Optional<SegmentFormat> active = store.segmentPerCommit() ? Optional.empty() : Optional.of(format);
        Backend backend = session.backend();
        return new Left(head, active, backend.serializer(), backend.strategy().name());
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
        if (store.segmentPerCommit() || full || aged()) {
            try {
                begin();
            } catch (IOException e) {
                throw new LogUnavailableException("next segment not begun, log=" + layout.directory(), e);
            }
        }
    }

    private void begin() throws IOException {
        Instant now = session.backend().clock().instant();
        long number = head.segment() + 1;
        String successor = SegmentName.of(layout.prefix(), number + 1, now);
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
        String name = head.successor();
        broken = true;
        store.begin(name, format.headerBytes());
        broken = false;
        if (!store.segmentPerCommit()) {
            durableSequence = head.nextSequence() - 1;
        }
        int chain = Chain.begin(format.headerBytes());
        head = new Head(number, name, chain, successor, head.nextSequence(), epoch, Optional.empty());
        holdsBatches = false;
    }

    /** Says who it was, as far as its segment tells. */
    private LogFencedException takenOver(LogFencedException fenced) {
        Location file = layout.segments().segments().child(head.name());
        try {
            SegmentHeader theirs = session.backend().headerOf(file);
            return new LogFencedException(
                    "another writer has taken the log over, epoch=" + theirs.epoch() + ", since="
                            + Instant.ofEpochMilli(theirs.createdMillis()) + ", own epoch=" + epoch + ", file=" + file,
                    fenced);
        } catch (IOException | SeawallException e) {
            fenced.addSuppressed(e);
            return fenced;
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
