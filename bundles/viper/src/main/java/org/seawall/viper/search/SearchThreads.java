package org.seawall.viper.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.seawall.LogUnavailableException;

/**
 * Spreads the queries of a call over the processors: {@code seawall-viper-search-N}, which end when there is nothing to do for a while.
 * The caller's thread does a share too, and what no thread has begun.
 */
public final class SearchThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final int shares;
    private final ThreadPoolExecutor threads;

    /** As many threads as there are processors, with the caller's. */
    public SearchThreads() {
        this(Runtime.getRuntime().availableProcessors());
    }

    SearchThreads(int shares) {
        this.shares = shares;
        AtomicInteger number = new AtomicInteger();
        int others = Math.max(1, shares - 1);
        threads = new ThreadPoolExecutor(
                others, others, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "seawall-viper-search-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Work on some of the queries. */
    interface Share<Q, A> {
        List<A> of(List<Q> queries) throws IOException;
    }

    /** The answers to all queries, in their order. */
    <Q, A> List<A> answers(List<Q> queries, Share<Q, A> share) throws IOException {
        int parts = Math.min(shares, queries.size());
        if (parts <= 1) {
            return share.of(queries);
        }
        List<FutureTask<List<A>>> tasks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            List<Q> some = queries.subList(queries.size() * i / parts, queries.size() * (i + 1) / parts);
            FutureTask<List<A>> task = new FutureTask<>(() -> share.of(some));
            tasks.add(task);
            if (i > 0 && !threads.isShutdown()) {
                threads.execute(task);
            }
        }
        // one that was begun is not run again
        tasks.forEach(FutureTask::run);
        List<A> answers = new ArrayList<>();
        for (Future<List<A>> task : tasks) {
            answers.addAll(result(task));
        }
        return answers;
    }

    private static <A> List<A> result(Future<List<A>> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("search was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new LogUnavailableException("search failed", e.getCause());
        }
    }

    /** Takes no more work; what was begun is finished. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
