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

    /** The threads of one directory: commits, recoveries, reads of segments, and one for all that is done regularly. */
    record OfDirectory(
            ExecutorService commits,
            ExecutorService recoveries,
            ExecutorService reads,
            ScheduledThreadPoolExecutor timer) {

        DirectoryThreads attending() {
            return new DirectoryThreads(timer, recoveries);
        }
    }

    private final ExecutorService catalog;
    private final List<OfDirectory> directories = new ArrayList<>();

    LogThreads(String log, int count, int commitThreads, RecoverySettings recovery) {
        String prefix = "seawall-" + log + "-";
        catalog = pool(1, named(prefix + "catalog-", CommitThread::new));
        for (int i = 1; i <= count; i++) {
            String number = count == 1 ? "" : i + "-";
            directories.add(new OfDirectory(
                    pool(commitThreads, named(prefix + "commit-" + number, CommitThread::new)),
                    pool(recovery.threads(), named(prefix + "recovery-" + number, Thread::new)),
                    pool(Math.max(1, recovery.reads()), named(prefix + "read-" + number, Thread::new)),
                    new ScheduledThreadPoolExecutor(1, named(prefix + "timer-" + number, Thread::new))));
        }
    }

    Executor catalogCommits() {
        return catalog;
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

    /** Ends the threads; what was given to the commit threads before is finished. */
    @Override
    public void close() {
        for (OfDirectory directory : directories) {
            directory.timer().shutdown();
            directory.recoveries().shutdown();
            directory.reads().shutdown();
            directory.commits().shutdown();
        }
        catalog.shutdown();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        directories.forEach(directory -> await(directory.commits(), end));
        await(catalog, end);
    }

    private static void await(ExecutorService commits, long endNanos) {
        try {
            if (!commits.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.warn("commit threads still at work after a minute, threads={}", commits);
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

    private static ExecutorService pool(int threads, ThreadFactory factory) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
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
