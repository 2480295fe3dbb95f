package org.seawall.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.seawall.LogFullException;
import org.seawall.LogUsage;
import org.seawall.core.engine.Signal;

/**
 * The bytes that appends have in flight, held against the limits. Above a soft limit it holds the caller back until there is
 * room, in flight or in memory, or for as long as is configured. Safe for use by several threads.
 */
final class Budget {
    private volatile Limits limits;
    private final LongSupplier memory;
    private final String log;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicInteger held = new AtomicInteger();
    private final Signal room;

    /**
     * A budget with nothing in flight.
     *
     * @param memory tells the bytes that are durable and in memory
     * @param room is raised by whoever makes these less; closed with the log
     */
    Budget(Limits limits, LongSupplier memory, Signal room, String log) {
        this.limits = limits;
        this.memory = memory;
        this.room = room;
        this.log = log;
    }

    /**
     * Takes bytes, or throws and takes nothing. Above a soft limit it holds the caller back before.
     *
     * @param leastMillis how long it does so at least, if there is no room before
     * @throws LogFullException at a hard limit, or if the thread is interrupted while it is held back, and stays it
     */
    void take(long bytes, long leastMillis) {
        if (holdsBack(bytes)) {
            awaitRoom(bytes, leastMillis);
        }
        takeNow(bytes);
    }

    /** Takes bytes as {@link #take(long, long)} does, and holds the caller back for the configured time at most. */
    void take(long bytes) {
        take(bytes, 0);
    }

    /** Whether a caller has to wait: not who commits, since he would wait for himself. */
    boolean holdsBack(long bytes) {
        return !fitsSoftly(bytes) && !LogThreads.inCommit();
    }

    /**
     * Takes bytes, or throws and takes nothing. Holds nobody back.
     *
     * @throws LogFullException at a hard limit
     */
    void takeNow(long bytes) {
        long before = inFlight.getAndAdd(bytes);
        if (before + bytes > limits.inFlightBytes()) {
            giveBack(bytes);
            throw new LogFullException(
                    "too many bytes in flight, slow down and retry or raise inFlightBytes, batchBytes=" + bytes
                            + ", inFlightBytes=" + before + ", limit=" + limits.inFlightBytes() + ", log=" + log);
        }
        long inMemory = memory.getAsLong();
        if (inMemory + before + bytes > limits.memoryBytes()) {
            giveBack(bytes);
            throw new LogFullException("memory of the log is full, drop a collection or raise memoryBytes, batchBytes="
                    + bytes + ", inFlightBytes=" + before + ", inMemoryBytes=" + inMemory + ", limit="
                    + limits.memoryBytes() + ", log=" + log);
        }
    }

    /** Other limits hold from now on. */
    void limits(Limits next) {
        limits = next;
        room.raise();
    }

    void giveBack(long bytes) {
        inFlight.addAndGet(-bytes);
        room.raise();
    }

    LogUsage usage() {
        return new LogUsage(
                inFlight.get(),
                limits.inFlightSoftBytes(),
                limits.inFlightBytes(),
                memory.getAsLong(),
                limits.memorySoftBytes(),
                limits.memoryBytes(),
                held.get());
    }

    /** A lone batch waits for nobody, however large it is. */
    private boolean fitsSoftly(long bytes) {
        long flying = inFlight.get();
        return (flying == 0 || flying + bytes <= limits.inFlightSoftBytes())
                && memory.getAsLong() + flying + bytes <= limits.memorySoftBytes();
    }

    /**
     * Holds the caller back until there is room, as long as is configured.
     *
     * @param leastMillis or so long, if that is longer
     * @throws LogFullException if the thread is interrupted, and stays it
     */
    void awaitRoom(long bytes, long leastMillis) {
        held.incrementAndGet();
        try {
            long millis = Math.max(limits.backpressureMillis(), leastMillis);
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            room.await(() -> fitsSoftly(bytes), deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogFullException(
                    "interrupted while held back above a soft limit, nothing was written, batchBytes=" + bytes
                            + ", inFlightBytes=" + inFlight + ", limit=" + limits.inFlightSoftBytes()
                            + ", inMemoryBytes=" + memory.getAsLong() + ", limit=" + limits.memorySoftBytes()
                            + ", log=" + log,
                    e);
        } finally {
            held.decrementAndGet();
        }
    }
}
