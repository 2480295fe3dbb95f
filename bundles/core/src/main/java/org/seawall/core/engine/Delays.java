package org.seawall.core.engine;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A time that only goes forward, and what is to be done later in it. */
public interface Delays {
    /**
     * The time.
     *
     * @return nanoseconds since any moment
     */
    long nanoTime();

    /**
     * Runs a task once, not before a time has passed. Not at all if what runs tasks has ended meanwhile.
     *
     * @param nanos the time
     * @param task takes a moment only
     */
    void after(long nanos, Runnable task);

    /**
     * Lets the calling thread wait.
     *
     * @param nanos the time
     * @throws InterruptedIOException if the thread is interrupted
     */
    void rest(long nanos) throws InterruptedIOException;

    /**
     * The time of the machine.
     *
     * @param executor runs the tasks
     * @return delays that need no thread of their own
     */
    static Delays onto(Executor executor) {
        return new Delays() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void after(long nanos, Runnable task) {
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor)
                        .execute(task);
            }

            @Override
            public void rest(long nanos) throws InterruptedIOException {
                try {
                    TimeUnit.NANOSECONDS.sleep(nanos);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted in a rest, nanos=" + nanos);
                }
            }
        };
    }
}
