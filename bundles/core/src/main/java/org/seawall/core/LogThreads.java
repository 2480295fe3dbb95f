package org.seawall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.seawall.core.directory.DirectoryThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of an open log: for the catalog and for each directory, which share none. Their names begin with
 * {@code seawall-NAME-}. They end when there is nothing to do for a while, but for one timer of a directory. A thread that
 * commits must not be interrupted: that closes the file it writes to.
 */
final class LogThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogThreads.class);

    /**
     * The threads of one directory: commits, recoveries, reads of segments, one for the change of its session, one that brings
     * collections over from other places, and one for all that is done regularly.
     */
    record OfDirectory(
            ExecutorService changes,
            ThreadPoolExecutor commits,
            ThreadPoolExecutor recoveries,
            ThreadPoolExecutor reads,
            ExecutorService moves,
            ScheduledThreadPoolExecutor timer) {

        DirectoryThreads attending() {
            return new DirectoryThreads(timer, recoveries);
        }
    }

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService catalog;
    private final ExecutorService catalogChanges;
    private final ScheduledThreadPoolExecutor later;
    private final List<OfDirectory> directories = new ArrayList<>();

    LogThreads(String log, int count, int commitThreads, RecoverySettings recovery) {
        String prefix = "seawall-" + log + "-";
        catalog = pool(1, named(prefix + "catalog-", CommitThread::new));
        catalogChanges = pool(1, named(prefix + "session-catalog-", Thread::new));
        later = new ScheduledThreadPoolExecutor(1, named(prefix + "patience-", Thread::new));
        later.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        later.allowCoreThreadTimeOut(true);
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        for (int i = 1; i <= count; i++) {
            String number = count == 1 ? "" : i + "-";
            directories.add(new OfDirectory(
                    pool(1, named(prefix + "session-" + number, Thread::new)),
                    pool(commitThreads, named(prefix + "commit-" + number, CommitThread::new)),
                    pool(recovery.threads(), named(prefix + "recovery-" + number, Thread::new)),
                    pool(Math.max(1, recovery.reads()), named(prefix + "read-" + number, Thread::new)),
                    pool(1, named(prefix + "move-" + number, Thread::new)),
                    new ScheduledThreadPoolExecutor(1, named(prefix + "timer-" + number, Thread::new))));
        }
    }

    Executor catalogCommits() {
        return catalog;
    }

    /** Other numbers of threads hold from now on. */
    void resize(int commitThreads, RecoverySettings recovery) {
        for (OfDirectory directory : directories) {
            resize(directory.commits(), commitThreads);
            resize(directory.recoveries(), recovery.threads());
            resize(directory.reads(), Math.max(1, recovery.reads()));
        }
    }

    private static void resize(ThreadPoolExecutor pool, int threads) {
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
        }
        pool.setCorePoolSize(threads);
        pool.setMaximumPoolSize(threads);
    }

    /** For the change of the catalog's session. */
    Executor catalogChanges() {
        return catalogChanges;
    }

    /** Runs a task after a while, which must not wait for anything. */
    void later(long millis, Runnable task) {
        later.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    OfDirectory directory(int index) {
        return directories.get(index);
    }

    /** Runs a task in the timer of a directory, behind whatever that waits for. */
    void everySecond(int directory, Runnable task) {
        directories
                .get(directory)
                .timer()
                .scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                // the root of the timer: an exception that left it would end the timer silently
                                LOG.warn("timer task failed, it is tried again", e);
                            }
                        },
                        1,
                        1,
                        TimeUnit.SECONDS);
    }

    /** Ends the threads that bring collections over, each behind the file that it copies. */
    void endMoves() {
        directories.forEach(directory -> directory.moves().shutdown());
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        directories.forEach(directory -> await(directory.moves(), end));
    }

    /** Ends the threads; what was given to the commit threads before is finished. */
    @Override
    public void close() {
        for (OfDirectory directory : directories) {
            directory.timer().shutdown();
            directory.changes().shutdown();
            directory.moves().shutdown();
            directory.recoveries().shutdown();
            directory.reads().shutdown();
            directory.commits().shutdown();
        }
        catalog.shutdown();
        catalogChanges.shutdown();
        later.shutdown();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        directories.forEach(directory -> await(directory.commits(), end));
        await(catalog, end);
    }

    private static void await(ExecutorService threads, long endNanos) {
        try {
            if (!threads.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.warn("threads still at work after a minute, threads={}", threads);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the calling thread commits: what depends on an append may append again, and must not wait for itself. */
    static boolean inCommit() {
        return Thread.currentThread() instanceof CommitThread;
    }

    private static final class CommitThread extends Thread {
        private CommitThread(Runnable task, String name) {
            super(task, name);
        }
    }

    private static ThreadPoolExecutor pool(int threads, ThreadFactory factory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String prefix, BiFunction<Runnable, String, Thread> kind) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = kind.apply(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
