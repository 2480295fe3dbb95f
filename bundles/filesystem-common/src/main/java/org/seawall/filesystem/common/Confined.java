package org.seawall.filesystem.common;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of a bundle's own, on which its SDK runs, so that what an SDK leaves on a thread (thread locals, its class loader)
 * ends with the bundle. They are daemons, begin on demand, inherit nothing from who asks, and end after a while of idleness and
 * at {@link #close}.
 */
public final class Confined implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final String name;
    private final ThreadPoolExecutor threads;
    private final Duration grace;

    /**
     * Threads, none of which runs yet.
     *
     * @param name what the threads' names begin with, such as {@code seawall-filesystem-s3}
     * @param most how many there may be; further calls wait
     * @param grace how long {@link #close} lets calls finish before it interrupts them
     * @param loader the class loader of the bundle, which the SDK finds as the context's
     */
    public Confined(String name, int most, Duration grace, ClassLoader loader) {
        this.name = name;
        this.grace = grace;
        this.threads = new ThreadPoolExecutor(
                most, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), factory(name, loader));
        threads.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory factory(String name, ClassLoader loader) {
        AtomicInteger number = new AtomicInteger();
        return body -> {
            Thread thread = new Thread(null, body, name + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    /**
     * Runs a change and waits for its end, also if the caller is interrupted meanwhile: the outcome of a change is not
     * left to guess. The interrupt is there again afterwards.
     *
     * @param <T> what it gives
     * @param body what to do
     * @return what the body returned
     * @throws IOException what the body threw, or that the file system is closed
     */
    public <T> T change(Retries.Request<T> body) throws IOException {
        return begin(body).outcome();
    }

    /**
     * Runs a read and waits for its end. If the caller is interrupted, so is the read, and once it has ended, and nothing
     * writes to the caller's buffers any more, {@link java.io.InterruptedIOException} is thrown.
     *
     * @param <T> what it gives
     * @param body what to do
     * @return what the body returned
     * @throws IOException what the body threw, or that the file system is closed
     */
    public <T> T read(Retries.Request<T> body) throws IOException {
        return begin(body).outcomeUnlessInterrupted();
    }

    /** A call that was begun. */
    @FunctionalInterface
    public interface Pending<T> {
        /**
         * Waits for the end of the call, interrupted or not.
         *
         * @return what the body returned
         * @throws IOException what the body threw
         */
        T outcome() throws IOException;
    }

    /**
     * Begins a call without waiting for it.
     *
     * @param <T> what it gives
     * @param body what to do
     * @return the call
     * @throws IOException if the file system is closed
     */
    public <T> Pending<T> submit(Retries.Request<T> body) throws IOException {
        return begin(body)::outcome;
    }

    private <T> ConfinedCall<T> begin(Retries.Request<T> body) throws IOException {
        ConfinedCall<T> call = new ConfinedCall<>(body);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            throw new IOException("file system is closed, threads=" + name, e);
        }
        return call;
    }

    /**
     * Changes how many threads there may be. Calls under way go on.
     *
     * @param most the new number
     */
    public synchronized void resize(int most) {
        if (most > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(most);
            threads.setCorePoolSize(most);
        } else {
            threads.setCorePoolSize(most);
            threads.setMaximumPoolSize(most);
        }
    }

    /** How many calls wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Takes no more calls, lets those under way finish for a while, and interrupts what is left. May be repeated. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof ConfinedCall<?> call) {
                call.refuse(new IOException("file system is closed, threads=" + name));
            }
        }
    }
}
