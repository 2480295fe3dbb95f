package org.seawall.core;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.seawall.LogFullException;

/** The bytes that appends have in flight, held against the limits. Safe for use by several threads. */
final class Budget {
    private final Limits limits;
    private final LongSupplier memory;
    private final String log;
    private final AtomicLong inFlight = new AtomicLong();

    /** A budget with nothing in flight; the supplier tells the bytes that are durable and in memory. */
    Budget(Limits limits, LongSupplier memory, String log) {
        this.limits = limits;
        this.memory = memory;
        this.log = log;
    }

    /** Takes bytes, or throws and takes nothing. */
    void take(long bytes) {
        long before = inFlight.getAndAdd(bytes);
        if (before + bytes > limits.inFlightBytes()) {
            inFlight.addAndGet(-bytes);
            throw new LogFullException("too many bytes in flight, slow down and retry, batchBytes=" + bytes
                    + ", inFlightBytes=" + before + ", limit=" + limits.inFlightBytes() + ", log=" + log);
        }
        long inMemory = memory.getAsLong();
        if (inMemory + before + bytes > limits.memoryBytes()) {
            inFlight.addAndGet(-bytes);
            throw new LogFullException("memory of the log is full, drop a collection or raise memoryBytes, batchBytes="
                    + bytes + ", inMemoryBytes=" + inMemory + ", limit=" + limits.memoryBytes() + ", log=" + log);
        }
    }

    void giveBack(long bytes) {
        inFlight.addAndGet(-bytes);
    }
}
