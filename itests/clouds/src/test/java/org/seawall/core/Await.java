package org.seawall.core;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does and nobody is told of. */
final class Await {
    private static final long MILLIS = 60_000;

    private Await() {}

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + MILLIS + " ms: " + what);
            }
            Thread.sleep(20);
        }
    }
}
