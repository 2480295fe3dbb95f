package org.seawall.core;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.seawall.LogUsage;
import org.seawall.core.engine.Signal;

/**
 * The budgets of a log: what is in flight is counted for each directory, so that one that hangs does not use up what the
 * others need; what is in memory is counted once.
 */
final class Budgets implements AutoCloseable {
    private volatile Limits limits;
    private final List<Budget> budgets;
    private final Signal room;

    /**
     * A budget for each directory.
     *
     * @param memory tells the bytes that are durable and in memory
     * @param room is raised by whoever makes these less
     */
    Budgets(LogSettings settings, LongSupplier memory, Signal room) {
        this.limits = settings.limits();
        this.room = room;
        this.budgets = Stream.generate(() -> new Budget(limits, memory, room, settings.name()))
                .limit(settings.storage().urls().size())
                .toList();
    }

    /** Other limits hold from now on. */
    void limits(Limits next) {
        limits = next;
        budgets.forEach(budget -> budget.limits(next));
    }

    /** The budget of a directory, by its place in the configuration. */
    Budget of(int directory) {
        return budgets.get(directory);
    }

    /** All together. */
    LogUsage usage() {
        List<LogUsage> all = budgets.stream().map(Budget::usage).toList();
        return new LogUsage(
                all.stream().mapToLong(LogUsage::inFlightBytes).sum(),
                times(limits.inFlightSoftBytes()),
                times(limits.inFlightBytes()),
                all.get(0).memoryBytes(),
                limits.memorySoftBytes(),
                limits.memoryBytes(),
                all.stream().mapToInt(LogUsage::heldAppends).sum());
    }

    private long times(long bytes) {
        return bytes > Long.MAX_VALUE / budgets.size() ? Long.MAX_VALUE : bytes * budgets.size();
    }

    /** Lets go who is held back. */
    @Override
    public void close() {
        room.close();
    }
}
