package org.seawall.core;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.seawall.LogUsage;

/**
 * The budgets of a log: what is in flight is counted for each directory, so that one that hangs does not use up what the
 * others need; what is in memory is counted once.
 */
final class Budgets implements AutoCloseable {
    private final Limits limits;
    private final List<Budget> budgets;

    /** Budgets for so many directories. */
    Budgets(LogSettings settings, LongSupplier memory) {
        this.limits = settings.limits();
        this.budgets = Stream.generate(() -> new Budget(limits, memory, settings.name()))
                .limit(settings.storage().urls().size())
                .toList();
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

    @Override
    public void close() {
        budgets.forEach(Budget::close);
    }
}
