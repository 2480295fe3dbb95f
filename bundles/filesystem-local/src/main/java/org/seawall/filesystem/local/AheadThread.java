package org.seawall.filesystem.local;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread {@code seawall-filesystem-local-ahead} of a file system, which writes the zeroes of all its files; it ends when
 * there is nothing to do for a while. It is never interrupted: that would close the file that it writes to.
 */
final class AheadThread implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;

    private final Executor executor;
    private final Runnable end;

    AheadThread(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    static AheadThread begin() {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread named = new Thread(task, "seawall-filesystem-local-ahead");
                    named.setDaemon(true);
                    return named;
                });
        thread.allowCoreThreadTimeOut(true);
        return new AheadThread(thread, thread::shutdown);
    }

    /**
     * Runs a task behind those that were given before.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the thread was ended
     */
    void execute(Runnable task) {
        executor.execute(task);
    }

    /** Ends the thread behind what it was given. */
    @Override
    public void close() {
        end.run();
    }
}
