package org.seawall.simulation;

import java.util.function.Supplier;

/** Something that must hold at any moment of a run. */
final class Check {
    private Check() {}

    static void that(boolean holds, Supplier<String> violation) {
        if (!holds) {
            throw new AssertionError(violation.get());
        }
    }
}
