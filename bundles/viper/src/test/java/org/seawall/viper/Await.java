package org.seawall.viper;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
public final class Await {
    private static final long PATIENCE_SECONDS = 60;

    private Await() {}

    /** Waits until something is so; far longer than it takes, but not for ever. */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain, seconds=" + PATIENCE_SECONDS + ", for=" + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
