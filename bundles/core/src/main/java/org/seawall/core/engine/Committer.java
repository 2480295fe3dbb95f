package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.seawall.Acknowledgement;
import org.seawall.LogClosedException;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * Group commit. Batches get their sequences as they queue up while a group is being forced, and the next group takes all that
 * wait: nobody waits for a timer, and many share a force. Runs on the session's executor while there is work, one thread at a
 * time, so everything below it is single-threaded.
 *
 * <p>The order of a group: written, told to those who wait for no more, forced, visible to readers, told to the others. The
 * force waits for {@code syncMillis} where all of the group are content with that. Where every group is a segment of its own
 * several of them are in flight ({@link Flight}), each of which goes through this in its turn; everything else waits until
 * none is. The first failure ends the writing for good, so that sequences that were given and not written leave no gap.
 */
final class Committer {
    /** Something that is done between two groups, with everything before it forced. */
    interface WriterAction<T> {
        T run(SegmentWriter writer) throws IOException;
    }

    private sealed interface Task {}

    private record Append(Group.Batch batch) implements Task {}

    private record Action<T>(WriterAction<T> action, CompletableFuture<T> done) implements Task {}

    private record ForceIfDue() implements Task {}

    private record Close(CompletableFuture<Void> done) implements Task {}

    private static final int GROUPS_PER_RUN = 64;

    /** In a pause, how long it takes at most until its end is noticed. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final SegmentWriter writer;
    private final Unforced unforced;
    private final Session session;
    private final Yielding yielding;
    private final Location log;
    private final Flight flight;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();

    /** Of the appends among the tasks. */
    private long waitingBytes;

    private long nextSequence;
    private boolean running;

    /** Whether a timer looks after the queue while another is let in. */
    private boolean resting;

    private boolean closed;
    private volatile Throwable failure;

    /** Of the commit thread. */
    private long unforcedSinceNanos;

    private boolean timed;

    Committer(SegmentWriter writer, Unforced.Readers readers, Session session, LogLayout layout) {
        this.writer = writer;
        this.unforced = new Unforced(readers, writer.head().nextSequence() - 1);
        this.session = session;
        this.yielding = new Yielding(session, layout, writer.epoch());
        this.log = layout.directory();
        this.flight = new Flight(session, this::wake);
        this.nextSequence = writer.head().nextSequence();
    }

    /** Gives a batch its sequences and its place in the queue. */
    Appended append(EncodedBatch encoded, Acknowledgement level) {
        CompletableFuture<SequenceRange> durable = new CompletableFuture<>();
        Appended told = new Appended(level == Acknowledgement.DURABLE ? durable : new CompletableFuture<>(), durable);
        SequenceRange range;
        synchronized (tasks) {
            range = new SequenceRange(nextSequence, nextSequence + encoded.count() - 1);
            submit(new Append(new Group.Batch(range, encoded, level, told)));
            nextSequence += encoded.count();
            // under the lock, so that nothing is acknowledged from memory once a failure is known
            if (level == Acknowledgement.MEMORY && failure == null) {
                told.acknowledged().complete(range);
            }
        }
        return told;
    }

    /** Runs an action behind everything that was submitted before. */
    <T> CompletableFuture<T> run(WriterAction<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        submit(new Action<>(action, done));
        return done;
    }

    /** Takes no more appends for good. What is written already is settled as it was. */
    void fence(LogFencedException cause) {
        synchronized (tasks) {
            failure = cause;
        }
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Looks no more whether another asks for the log; on return no look is under way. */
    void endLooks() {
        yielding.end();
    }

    /** Takes nothing more, and forces and closes the files behind everything that was submitted before. */
    CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (tasks) {
            if (closed) {
                done.complete(null);
                return done;
            }
            submit(new Close(done));
            closed = true;
        }
        return done;
    }

    private void submit(Task task) {
        synchronized (tasks) {
            if (closed) {
                if (failure != null) {
                    refuseAfterFailure();
                }
                throw new LogClosedException("log is closed, log=" + log);
            }
            tasks.add(task);
            if (task instanceof Append append) {
                waitingBytes += append.batch().encoded().sizeBytes();
            }
            wake();
        }
    }

    /** Lets the commit thread look what there is to do. */
    private void wake() {
        synchronized (tasks) {
            if (!running && (!tasks.isEmpty() || !flight.isEmpty())) {
                running = true;
                session.commits().execute(this::runGroups);
            }
        }
    }

    private void runGroups() {
        for (int i = 0; i < GROUPS_PER_RUN; i++) {
            settle();
            if (yields()) {
                return;
            }
            Optional<Runnable> next = next();
            if (next.isEmpty()) {
                return;
            }
            next.get().run();
        }
        session.commits().execute(this::runGroups);
    }

    /** Whether another is let in: what is in flight is settled, and nothing follows for now. One that closes does not wait. */
    private boolean yields() {
        synchronized (tasks) {
            if (closed || failure != null) {
                return false;
            }
        }
        long nanos = yielding.pauseNanos(writer.head().successor());
        synchronized (tasks) {
            if (nanos == 0 || flight.settles()) {
                return false;
            }
            running = false;
            if (!resting) {
                resting = true;
                session.delays().after(Math.min(nanos, PAUSE_NANOS), this::rested);
            }
            return true;
        }
    }

    private void rested() {
        synchronized (tasks) {
            resting = false;
            wake();
        }
    }

    /** What is to be done now. Empty if nothing is, before something is submitted, settled or has waited long enough. */
    private Optional<Runnable> next() {
        synchronized (tasks) {
            if (flight.settles()) {
                return Optional.of(this::settle);
            }
            Task first = tasks.peek();
            if (first == null || !(first instanceof Append ? mayFollow() : flight.isEmpty())) {
                running = false;
                return Optional.empty();
            }
            tasks.remove();
            return Optional.of(work(first));
        }
    }

    /** A group that others wait behind, for it to be written or forced, does not wait for more batches. */
    private boolean mayFollow() {
        boolean hurry = !(tasks.peekLast() instanceof Append);
        return flight.hasRoom(writer.mostInFlight(), hurry ? Long.MAX_VALUE : waitingBytes);
    }

    private Runnable work(Task task) {
        if (task instanceof Append append) {
            Group group = takeGroup(append.batch());
            return () -> commit(group);
        }
        if (task instanceof Action<?> action) {
            return () -> perform(action);
        }
        return task instanceof Close close ? () -> closeFiles(close) : this::forceIfDue;
    }

    private Group takeGroup(Group.Batch first) {
        List<Group.Batch> group = new ArrayList<>();
        long limit = session.settings().groupBytes();
        group.add(first);
        long bytes = first.encoded().sizeBytes();
        while (tasks.peek() instanceof Append next
                && bytes + next.batch().encoded().sizeBytes() <= limit) {
            bytes += next.batch().encoded().sizeBytes();
            group.add(next.batch());
            tasks.remove();
        }
        waitingBytes -= bytes;
        return new Group(group, bytes);
    }

    private void commit(Group group) {
        if (writer.forcesEveryWrite()) {
            send(group);
        } else {
            write(group);
        }
    }

    /** Hands a group to the storage. A failure takes its place behind the groups in flight, which were there before. */
    private void send(Group group) {
        Sent sent;
        try {
            refuseAfterFailure();
            sent = writer.send(group);
        } catch (Throwable e) {
            // the root of the commit thread: the callers learn it in their turn
            sent = new Sent(group, "", CompletableFuture.failedFuture(e));
        }
        flight.add(sent);
    }

    /** Lets go what has become durable, in order: seen first, then told. */
    private void settle() {
        while (flight.settles()) {
            Sent sent = flight.settled();
            try {
                writer.settle(sent);
                unforced.written(sent.group(), session.settings().visibility());
                unforced.forced(writer.durableSequence());
                yielding.committed();
            } catch (Throwable e) {
                // the root of the commit thread
                fail(sent.group(), e);
            }
        }
    }

    private void write(Group group) {
        try {
            refuseAfterFailure();
            EngineSettings settings = session.settings();
            // what is not forced stays within what can be written again after a failed force
            if (unforced.bytes() + group.bytes() > settings.groupBytes()) {
                force();
            }
            writer.write(group);
            unforced.forced(writer.durableSequence());
            noteUnforced();
            unforced.written(group, settings.visibility());
            if (group.wantsForce()) {
                force();
            } else {
                forceLater();
            }
        } catch (Throwable e) {
            // the root of the commit thread: whatever happened, the callers learn it and nothing more is written
            fail(group, e);
        }
    }

    private void fail(Group group, Throwable e) {
        SeawallException told = failed(e);
        group.batches().forEach(batch -> batch.failed(told));
    }

    private void force() throws IOException {
        writer.sync();
        unforced.forced(writer.durableSequence());
    }

    private void noteUnforced() {
        if (unforced.isEmpty()) {
            unforcedSinceNanos = session.delays().nanoTime();
        }
    }

    private void forceLater() {
        if (!timed) {
            timed = true;
            long left = unforcedSinceNanos
                    + TimeUnit.MILLISECONDS.toNanos(session.settings().syncMillis())
                    - session.delays().nanoTime();
            session.delays().after(Math.max(0, left), this::timeIsOver);
        }
    }

    private void timeIsOver() {
        synchronized (tasks) {
            if (!closed) {
                submit(new ForceIfDue());
            }
        }
    }

    /** The time that is over may be that of a write which is forced by now, with others behind it. */
    private void forceIfDue() {
        timed = false;
        if (unforced.isEmpty() || failure != null) {
            return;
        }
        long limit = TimeUnit.MILLISECONDS.toNanos(session.settings().syncMillis());
        if (session.delays().nanoTime() - unforcedSinceNanos < limit) {
            forceLater();
            return;
        }
        try {
            force();
        } catch (Throwable e) {
            // the root of the commit thread
            failed(e);
        }
    }

    private <T> void perform(Action<T> action) {
        T result;
        try {
            refuseAfterFailure();
            force();
        } catch (Throwable e) {
            // the root of the commit thread
            action.done().completeExceptionally(failed(e));
            return;
        }
        try {
            result = action.action().run(writer);
        } catch (Throwable e) {
            // the root of the thread again, but an action that left the segments alone does not end the writing
            action.done().completeExceptionally(writer.broken() ? failed(e) : told(e));
            return;
        }
        action.done().complete(result);
    }

    private void closeFiles(Close close) {
        try (writer) {
            if (failure == null) {
                force();
            }
        } catch (IOException | RuntimeException e) {
            close.done().completeExceptionally(failed(e));
            return;
        }
        close.done().complete(null);
    }

    private void refuseAfterFailure() {
        if (failure instanceof LogFencedException fenced) {
            throw new LogFencedException("another writer has taken the log over, log=" + log, fenced);
        }
        if (failure != null) {
            throw new LogUnavailableException(
                    "log takes no appends until it has recovered from a failure of the storage, log=" + log, failure);
        }
    }

    private SeawallException failed(Throwable e) {
        synchronized (tasks) {
            if (failure == null) {
                failure = e;
            }
        }
        // what is written may be durable, whatever kept the batches behind it from being written
        SeawallException unknown = new OutcomeUnknownException(
                "storage failed in a commit, the batch may or may not be durable, log=" + log, e);
        unforced.failed(unknown);
        return e instanceof SeawallException known ? known : unknown;
    }

    private SeawallException told(Throwable e) {
        return e instanceof SeawallException told ? told : new LogUnavailableException("storage failed, log=" + log, e);
    }
}
