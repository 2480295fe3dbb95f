package org.seawall.core;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of an open log: {@code seawall-NAME-commit-N}, which end when there is nothing to commit for a while, and
 * {@code seawall-NAME-timer-N}. A commit thread must not be interrupted: that closes the file it writes to.
 */
final class LogThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogThreads.class);

    private final ThreadPoolExecutor commits;
    private final ScheduledThreadPoolExecutor timer;

    LogThreads(String log, int commitThreads) {
        commits = new ThreadPoolExecutor(
                commitThreads,
                commitThreads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("seawall-" + log + "-commit-", CommitThread::new));
        commits.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(2, named("seawall-" + log + "-timer-", Thread::new));
    }

    Executor commits() {
        return commits;
    }

    void everySecond(Runnable task) {
        timer.scheduleWithFixedDelay(
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
        timer.shutdown();
        commits.shutdown();
        try {
            if (!commits.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("commit threads still at work after a minute, threads={}", commits);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String prefix, BiFunction<Runnable, String, Thread> kind) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = kind.apply(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
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
}
