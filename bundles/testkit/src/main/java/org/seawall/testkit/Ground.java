package org.seawall.testkit;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where the rules of a strategy or a log are tried. Those about a lost power, a process that dies and a failure are tried at
 * every operation, with several states of what a lost power may leave; on a storage that takes its time a part of them may do.
 *
 * @param storages makes an empty storage for each trial
 * @param seeds how many states are drawn at most, at least 1; where a storage is durable at once one is all there is
 * @param every the operations that are tried: 1 for all, 5 for every fifth
 */
public record Ground(Supplier<Storage> storages, int seeds, int every) {
    /** Checks that it is a place, and that something is tried there. */
    public Ground {
        Objects.requireNonNull(storages, "storages");
        if (seeds < 1 || every < 1) {
            throw new IllegalArgumentException("nothing would be tried, seeds=" + seeds + ", every=" + every);
        }
    }

    /**
     * In memory, with every capability, at every operation.
     *
     * @return the ground
     */
    public static Ground inMemory() {
        return new Ground(Storage::inMemory, Integer.MAX_VALUE, 1);
    }

    Crashes crashes(int most) {
        return new Crashes(storages, Math.min(most, seeds), every);
    }
}
