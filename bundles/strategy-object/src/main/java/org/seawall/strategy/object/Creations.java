package org.seawall.strategy.object;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.seawall.LogFencedException;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.Location;

/**
 * Objects that are being created, several at a time and in any order, and told of in the order in which they were asked for:
 * a future completes normally only if its object was created and all before it were. It completes when its own creation has
 * ended, whatever became of those before it: then nothing more is done on the storage for it.
 *
 * <p>Behind the first failure that is known nothing more is begun. Safe for use by several threads.
 */
final class Creations {
    /** Creates an object. */
    interface Creating {
        void create() throws IOException;
    }

    private static final class Creation {
        private final Location file;
        private final Creating creating;
        private final CompletableFuture<Void> told = new CompletableFuture<>();
        private Optional<Throwable> failure = Optional.empty();
        private boolean ended;

        private Creation(Location file, Creating creating) {
            this.file = file;
            this.creating = creating;
        }
    }

    private final Executor executor;

    /** In the order in which they were asked for; under the monitor, as all below. */
    private final ArrayDeque<Creation> inFlight = new ArrayDeque<>();

    /** The first that became known; behind it nothing is begun. */
    private Optional<Throwable> poison = Optional.empty();

    /** The first in the order of the creations; behind it nothing is told to have worked. */
    private Optional<Throwable> broken = Optional.empty();

    private boolean telling;
    private boolean closed;

    Creations(Executor executor) {
        this.executor = executor;
    }

    /** The failure after which nothing more is to be asked for. */
    synchronized Optional<Throwable> poison() {
        return poison;
    }

    /** Begins to create an object, or lets it wait for a thread. */
    CompletableFuture<Void> add(Location file, Creating creating) {
        Creation creation = new Creation(file, creating);
        synchronized (this) {
            inFlight.add(creation);
        }
        try {
            executor.execute(() -> run(creation));
        } catch (RejectedExecutionException e) {
            ended(creation, Optional.of(new IOException("strategy has ended, nothing was written, file=" + file, e)));
        }
        return creation.told;
    }

    /** Completes as the last one that was asked for. */
    synchronized CompletableFuture<Void> last() {
        return inFlight.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : inFlight.peekLast().told.copy();
    }

    /** Lets nothing more begin, and waits for what has begun. */
    void close(IOException reason) {
        List<CompletableFuture<Void>> left;
        synchronized (this) {
            closed = true;
            poison = poison.or(() -> Optional.of(reason));
            left = inFlight.stream().map(creation -> creation.told).toList();
        }
        for (CompletableFuture<Void> each : left) {
            each.handle((nothing, failure) -> nothing).join();
        }
    }

    private void run(Creation creation) {
        Optional<Throwable> reason = reasonNotToBegin(creation);
        ended(creation, reason.isPresent() ? reason : failureOf(creation));
    }

    private static Optional<Throwable> failureOf(Creation creation) {
        try {
            creation.creating.create();
            return Optional.empty();
        } catch (Throwable e) {
            // the root of the thread: whatever happened, whoever waits learns it
            return Optional.of(e);
        }
    }

    /** What failed behind a creation does not keep it from being made: it may be the last of the log. */
    private synchronized Optional<Throwable> reasonNotToBegin(Creation creation) {
        boolean behindFailure = broken.isPresent()
                || inFlight.stream()
                        .takeWhile(before -> before != creation)
                        .anyMatch(before -> before.failure.isPresent());
        return closed || behindFailure ? poison : Optional.empty();
    }

    private void ended(Creation creation, Optional<Throwable> failure) {
        synchronized (this) {
            creation.failure = failure;
            creation.ended = true;
            poison = poison.or(() -> failure);
        }
        Optional<Creation> next = next();
        while (next.isPresent()) {
            tell(next.get());
            next = told();
        }
    }

    /** Only one thread tells at a time, without the monitor: whoever is told may ask for more. */
    private synchronized Optional<Creation> next() {
        if (telling || inFlight.isEmpty() || !inFlight.peek().ended) {
            return Optional.empty();
        }
        telling = true;
        return Optional.of(inFlight.peek());
    }

    private synchronized Optional<Creation> told() {
        inFlight.remove();
        telling = false;
        return next();
    }

    private void tell(Creation creation) {
        Optional<Throwable> before;
        synchronized (this) {
            before = broken;
            broken = broken.or(() -> creation.failure);
        }
        if (before.isPresent()) {
            creation.told.completeExceptionally(behind(creation.file, before.get()));
        } else if (creation.failure.isPresent()) {
            creation.told.completeExceptionally(creation.failure.get());
        } else {
            creation.told.complete(null);
        }
    }

    /** If the one before does come to be after all, one that was created behind it is a part of the log. */
    private static Exception behind(Location file, Throwable before) {
        return before instanceof LogFencedException
                ? new LogFencedException("another writer has begun a segment before this one, file=" + file, before)
                : new OutcomeUnknownException(
                        "a segment before this one was not created, it may or may not become a part of the log, file="
                                + file,
                        before);
    }
}
