package org.seawall.viper.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
            if (i > 0) {
                offer(task);
            }
        }
        // one that was begun is not run again
        tasks.forEach(FutureTask::run);
        List<A> answers = new ArrayList<>();
        Optional<Throwable> failure = Optional.empty();
        // waits for all, also behind a failure: what went on would read what the caller lets go
        for (Future<List<A>> task : tasks) {
            try {
                answers.addAll(result(task));
            } catch (ExecutionException e) {
                failure = failure.or(() -> Optional.of(e.getCause()));
            }
        }
        if (failure.isPresent()) {
            throw thrown(failure.get());
        }
        return answers;
    }

    private void offer(FutureTask<?> task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // closed: the caller does all of it
        }
    }

    /** An interrupt is kept for the caller; searches end by their deadlines. */
    private static <A> List<A> result(Future<List<A>> task) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(Throwable failure) throws IOException {
        if (failure instanceof IOException cause) {
            throw cause;
        }
        if (failure instanceof RuntimeException cause) {
            return cause;
        }
        return new LogUnavailableException("search failed", failure);
    }

    /** Takes no more work; what was begun is finished. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
