package org.seawall.itests.container;

import static org.junit.Assert.fail;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread of the container does and nobody is told of. */
final class Await {
    static final long MILLIS = 30_000;

    private Await() {}

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(MILLIS)) {
                fail("not within " + MILLIS + " ms: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
