package org.seawall.filesystem.azure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.seawall.filesystem.common.Retries;

/**
 * Threads for the parts of a call that go at once: blocks, ranges, deletions. None of them waits for another. They begin on demand.
 *
 * <p>A part of several is repeated by itself. If a call of a hundred parts were repeated as a whole it would hardly ever get through
 * where one request in five fails.
 */
final class PartThreads implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private static final int MOST_TOLD = 5;

    private final ThreadPoolExecutor threads;
    private final Retries retries;

    /** A part of a call; it may be repeated. */
    interface Part {
        void run() throws IOException;
    }

    PartThreads(int most, Retries retries) {
        this.retries = retries;
        ClassLoader loader = getClass().getClassLoader();
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
                    String name = "seawall-filesystem-azure-part-" + number.incrementAndGet();
                    Thread thread = new Thread(null, body, name, 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** From now on there may be so many. */
    synchronized void resize(int most) {
        if (most > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(most);
            threads.setCorePoolSize(most);
        } else {
            threads.setCorePoolSize(most);
            threads.setMaximumPoolSize(most);
        }
    }

    /**
     * Runs all parts and returns when none runs any more. A single one runs here, once: whoever calls repeats it. The first failure
     * is thrown, with some others in it.
     */
    void all(List<Part> parts) throws IOException {
        if (parts.size() == 1) {
            parts.get(0).run();
            return;
        }
        List<Future<?>> begun = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try {
            for (Part part : parts) {
                begun.add(threads.submit(() -> repeated(part)));
            }
        } catch (RejectedExecutionException e) {
            failures.add(new IOException("file system is closed", e));
        }
        begun.forEach(part -> await(part, failures));
        tell(failures);
    }

    private Part repeated(Part part) throws IOException {
        return retries.repeat(() -> {
            part.run();
            return part;
        });
    }

    private static void await(Future<?> part, List<Throwable> failures) {
        boolean interrupted = false;
        while (true) {
            try {
                part.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                failures.add(e.getCause());
                break;
            } catch (CancellationException e) {
                failures.add(new IOException("file system is closed", e));
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(List<Throwable> failures) throws IOException {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.subList(1, Math.min(failures.size(), MOST_TOLD)).forEach(first::addSuppressed);
        if (first instanceof IOException e) {
            throw e;
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException("part of a call failed", first);
    }

    /** Interrupts what runs; what waits is not begun, and its call is told so. */
    @Override
    public void close() {
        threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
    }
}
