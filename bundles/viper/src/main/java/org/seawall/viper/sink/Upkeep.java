package org.seawall.viper.sink;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.seawall.LogClosedException;
import org.seawall.LogFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts and collects in the background, one step of one collection after the other, so that a collection with much to do does not keep
 * the others waiting. What fails is tried again after a pause that doubles from one time to the next. Its thread ends when there is
 * nothing to do for a while. Safe for use by several threads.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final long LONGEST_REST_MILLIS = 3_600_000;
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 60;

    private final String log;
    private final Supplier<SinkSettings> settings;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<CollectionStore, Duty> duties = new LinkedHashMap<>();

    Upkeep(String log, Supplier<SinkSettings> settings) {
        this.log = log;
        this.settings = settings;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "seawall-viper-" + log + "-upkeep");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Looks after a store soon; after a failure not before its pause is over. */
    synchronized void due(CollectionStore store) {
        Duty duty = duties.computeIfAbsent(store, Duty::new);
        if (duty.failures == 0) {
            schedule(duty, 0);
        }
    }

    private void schedule(Duty duty, long millis) {
        if (duty.soon || thread.isShutdown()) {
            return;
        }
        if (duty.next != null) {
            duty.next.cancel(false);
        }
        duty.soon = millis == 0;
        duty.next = thread.schedule(() -> look(duty), millis, TimeUnit.MILLISECONDS);
    }

    /** Looks no more after a store; what is just being done for it goes on. */
    synchronized void forget(CollectionStore store) {
        Duty duty = duties.remove(store);
        if (duty != null && duty.next != null) {
            duty.next.cancel(false);
        }
    }

    /** What does not work, in one line; empty if all does. */
    synchronized String detail() {
        return duties.values().stream()
                .filter(duty -> duty.failures > 0)
                .map(Duty::toString)
                .collect(Collectors.joining("; "));
    }

    private void look(Duty duty) {
        synchronized (this) {
            duty.soon = false;
        }
        try {
            SinkSettings now = settings.get();
            boolean more = duty.store.keepUp(now.compaction(), now.keptManifests(), System.currentTimeMillis());
            worked(duty, more);
        } catch (LogClosedException e) {
            // closed while it was in line: nobody looks after it any more
            forget(duty.store);
        } catch (IOException | RuntimeException | Error e) {
            // the root of the thread: what left it would be kept to itself
            failed(duty, e);
        }
    }

    private synchronized void worked(Duty duty, boolean more) {
        if (duty.failures > 0) {
            LOG.info("compaction and collection work again, log={}, collection={}", log, duty.store);
        }
        duty.failures = 0;
        duty.failure = "";
        if (duties.get(duty.store) != duty) {
            return;
        }
        long expiry = duty.store.nextExpiry();
        if (more) {
            schedule(duty, 0);
        } else if (expiry > 0) {
            long rest = Math.max(FIRST_PAUSE_MILLIS, expiry - System.currentTimeMillis());
            schedule(duty, Math.min(LONGEST_REST_MILLIS, rest));
        }
    }

    private synchronized void failed(Duty duty, Throwable failure) {
        duty.failures++;
        String line = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        boolean again = !(failure instanceof LogFencedException);
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(duty.failures - 1, 16));
        if (!line.equals(duty.failure)) {
            LOG.warn(
                    "compaction or collection failed, {}, log={}, collection={}: {}",
                    again ? "tried again in " + pause + " ms" : "not tried again",
                    log,
                    duty.store,
                    line,
                    failure);
        }
        duty.failure = line;
        if (again && duties.get(duty.store) == duty) {
            schedule(duty, pause);
        }
    }

    /** Ends the thread behind what it is in: the stores are closed before, which cuts that short. */
    @Override
    public void close() {
        synchronized (this) {
            thread.shutdown();
        }
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("compaction or collection is still at work, not waited for any longer, log={}", log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What there is to do for one store; guarded by the upkeep. */
    private static final class Duty {
        private final CollectionStore store;
        private Future<?> next;
        private boolean soon;
        private int failures;
        private String failure = "";

        Duty(CollectionStore store) {
            this.store = store;
        }

        @Override
        public String toString() {
            return "compaction or collection fails, failures=" + failures + ", collection=" + store + ": " + failure;
        }
    }
}
