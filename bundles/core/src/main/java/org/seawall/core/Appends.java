package org.seawall.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.SequenceRange;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.directory.SessionGate;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Appended;
import org.seawall.core.engine.BatchLog;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * The way of a batch from its caller to the log of its collection: checked, encoded in the caller's thread, held against the
 * limits, queued. While the session of the directory changes a batch waits in the line of its gate, as a copy that is
 * encoded by the next session; who is behind a soft limit waits with it.
 */
final class Appends {
    private final Function<StorageDirectory, Budget> budgets;

    /** Appends to collections of directories that each have a budget. */
    Appends(Function<StorageDirectory, Budget> budgets) {
        this.budgets = budgets;
    }

    /** Appends, see {@link org.seawall.WriteAheadLog#append(String, List, Acknowledgement)}. */
    CompletableFuture<SequenceRange> append(OpenCollection target, List<Entry> batch, Optional<Acknowledgement> level) {
        BatchCheck check = new BatchCheck(target);
        check.check(batch);
        if (target.directory().isEmpty()) {
            target.log(); // which tells why there is none
        }
        StorageDirectory directory = target.directory().orElseThrow();
        Way way = new Way(target, directory, budgets.apply(directory), level);
        SessionGate gate = directory.appends();
        Optional<CompletableFuture<SequenceRange>> appended = Optional.empty();
        while (appended.isEmpty()) {
            appended = gate.enter() ? way.inside(check, batch) : way.inLine(batch);
        }
        return appended.get();
    }

    /** The way of one batch. For one thread. */
    static final class Way {
        private final OpenCollection target;
        private final StorageDirectory directory;
        private final Budget budget;
        private final Optional<Acknowledgement> level;
        private Optional<EncodedBatch> encoded = Optional.empty();
        private boolean heldBack;

        private Way(OpenCollection target, StorageDirectory directory, Budget budget, Optional<Acknowledgement> level) {
            this.target = target;
            this.directory = directory;
            this.budget = budget;
            this.level = level;
        }

        Budget budget() {
            return budget;
        }

        /** Nobody is held back inside the gate: after he was, the caller comes again, perhaps to another session. */
        private Optional<CompletableFuture<SequenceRange>> inside(BatchCheck check, List<Entry> batch) {
            try {
                BatchLog log = log();
                if (encoded.filter(log.serializer()::encoded).isEmpty()) {
                    encoded = Optional.of(encoded(log, check, batch, System.currentTimeMillis()));
                }
                if (heldBack || !budget.holdsBack(encoded.get().sizeBytes())) {
                    budget.takeNow(encoded.get().sizeBytes());
                    return Optional.of(submit(log, encoded.get(), encoded.get().sizeBytes()));
                }
            } finally {
                directory.appends().leave();
            }
            heldBack = true;
            budget.awaitRoom(encoded.get().sizeBytes(), 0);
            return Optional.empty();
        }

        /** Empty if the gate was released meanwhile. */
        private Optional<CompletableFuture<SequenceRange>> inLine(List<Entry> batch) {
            SessionGate gate = directory.appends();
            if (!LogThreads.inCommit() && gate.awaitOpening()) {
                return Optional.empty();
            }
            HeldBatch held = HeldBatch.of(this, batch);
            budget.take(held.bytes(), gate.leftMillis());
            if (gate.join(held)) {
                return Optional.of(held.told());
            }
            budget.giveBack(held.bytes());
            return Optional.empty();
        }

        /** The log of the session that is there. */
        BatchLog log() {
            BatchLog log = target.log();
            log.failure().ifPresent(failure -> {
                if (failure instanceof LogFencedException) {
                    throw new LogFencedException(
                            "another writer has taken the collection over, collection="
                                    + target.info().name(),
                            failure);
                }
                throw new LogUnavailableException(
                        "collection takes no appends until it has recovered from a failure of its storage, collection="
                                + target.info().name(),
                        failure);
            });
            return log;
        }

        EncodedBatch encoded(BatchLog log, BatchCheck check, List<Entry> batch, long nowMillis) {
            EncodedBatch bytes = log.serializer().encode(batch, nowMillis);
            check.check(bytes);
            return bytes;
        }

        BatchCheck check() {
            return new BatchCheck(target);
        }

        /** Bytes that were taken go back when the batch is settled, or at once if it is not taken. */
        CompletableFuture<SequenceRange> submit(BatchLog log, EncodedBatch encoded, long bytes) {
            Appended appended;
            try {
                appended = log.append(encoded, level.orElse(target.settings().acknowledgement()));
            } catch (RuntimeException e) {
                budget.giveBack(bytes);
                throw e;
            }
            CompletableFuture<SequenceRange> settled =
                    appended.durable().whenComplete((range, failure) -> budget.giveBack(bytes));
            // who waits for the force finds the bytes given back
            return appended.acknowledged() == appended.durable() ? settled : appended.acknowledged();
        }
    }
}
