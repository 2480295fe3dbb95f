package org.seawall.filesystem.common;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, as retries know them; a test has its own, and waits for nothing. */
public interface Pace {
    /** The machine's. */
    Pace MACHINE = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis());
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /**
     * A clock that never goes back.
     *
     * @return nanoseconds since any moment
     */
    long nanoTime();

    /**
     * Waits.
     *
     * @param time how long
     * @throws InterruptedException if the thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Draws a number.
     *
     * @return at least 0, less than 1
     */
    double random();
}
