package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.seawall.LogClosedException;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * Group commit. Batches queue up while a group is being forced, and the next group takes all that wait: nobody waits for a
 * timer, and many share a force. Runs on the session's executor while there is work, one thread at a time, so everything
 * below it is single-threaded.
 *
 * <p>The order of a group: written and forced, then visible to readers, then acknowledged. The first failure ends the
 * writing for good.
 */
final class Committer {
    /** Something that is done between two groups. */
    interface WriterAction<T> {
        T run(SegmentWriter writer) throws IOException;
    }

    /** What is told when a group has become durable, before it is acknowledged. */
    interface Durable {
        void durable(long firstSequence, EncodedBatch batch);

        void groupEnds();
    }

    private sealed interface Task {}

    private record Append(EncodedBatch batch, CompletableFuture<SequenceRange> ack) implements Task {}

    private record Action<T>(WriterAction<T> action, CompletableFuture<T> done) implements Task {}

    private record Close(CompletableFuture<Void> done) implements Task {}

    private static final int GROUPS_PER_RUN = 64;

    private final SegmentWriter writer;
    private final Durable durable;
    private final Executor executor;
    private final long groupBytes;
    private final Location log;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();

    private boolean running;
    private boolean closed;
    private volatile Throwable failure;

    Committer(SegmentWriter writer, Durable durable, Session session, Location log) {
        this.writer = writer;
        this.durable = durable;
        this.executor = session.commits();
        this.groupBytes = session.settings().groupBytes();
        this.log = log;
    }

    CompletableFuture<SequenceRange> append(EncodedBatch batch) {
        CompletableFuture<SequenceRange> ack = new CompletableFuture<>();
        submit(new Append(batch, ack));
        return ack;
    }

    /** Runs an action behind everything that was submitted before. */
    <T> CompletableFuture<T> run(WriterAction<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        submit(new Action<>(action, done));
        return done;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Takes nothing more, and closes the files behind everything that was submitted before. */
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
            if (!running) {
                running = true;
                executor.execute(this::runGroups);
            }
        }
    }

    private void runGroups() {
        for (int i = 0; i < GROUPS_PER_RUN; i++) {
            Task first;
            List<Append> group = new ArrayList<>();
            synchronized (tasks) {
                first = tasks.poll();
                if (first == null) {
                    running = false;
                    return;
                }
                if (first instanceof Append append) {
                    takeGroup(append, group);
                }
            }
            if (first instanceof Action<?> action) {
                perform(action);
            } else if (first instanceof Close close) {
                closeFiles(close);
            } else {
                commit(group);
            }
        }
        executor.execute(this::runGroups);
    }

    private void takeGroup(Append first, List<Append> group) {
        group.add(first);
        long bytes = first.batch().sizeBytes();
        while (tasks.peek() instanceof Append next && bytes + next.batch().sizeBytes() <= groupBytes) {
            bytes += next.batch().sizeBytes();
            group.add(next);
            tasks.remove();
        }
    }

    private void commit(List<Append> group) {
        List<SequenceRange> ranges;
        try {
            refuseAfterFailure();
            ranges = writer.write(group.stream().map(Append::batch).toList());
            for (int i = 0; i < group.size(); i++) {
                durable.durable(ranges.get(i).first(), group.get(i).batch());
            }
            durable.groupEnds();
        } catch (Throwable e) {
            // the root of the commit thread: whatever happened, the callers learn it and nothing more is written
            SeawallException told = failed(e);
            group.forEach(append -> append.ack().completeExceptionally(told));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).ack().complete(ranges.get(i));
        }
    }

    private <T> void perform(Action<T> action) {
        T result;
        try {
            refuseAfterFailure();
            result = action.action().run(writer);
        } catch (Throwable e) {
            // the root of the thread again, but an action that left the segments alone does not end the writing
            action.done().completeExceptionally(writer.broken() ? failed(e) : told(e));
            return;
        }
        action.done().complete(result);
    }

    private void closeFiles(Close close) {
        try {
            writer.close();
        } catch (IOException | RuntimeException e) {
            close.done().completeExceptionally(told(e));
            return;
        }
        close.done().complete(null);
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw new LogUnavailableException(
                    "log takes no appends until it has recovered from a failure of the storage, log=" + log, failure);
        }
    }

    private SeawallException failed(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        if (e instanceof SeawallException told) {
            return told;
        }
        return new OutcomeUnknownException(
                "storage failed in a commit, the batch may or may not be durable, log=" + log, e);
    }

    private SeawallException told(Throwable e) {
        return e instanceof SeawallException told ? told : new LogUnavailableException("storage failed, log=" + log, e);
    }
}
