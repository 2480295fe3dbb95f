package org.seawall.filesystem.common;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only sleeping moves, so that a test takes no time. */
public final class StillPace implements Pace {

    private final AtomicLong now = new AtomicLong();
    private final Random random;

    public StillPace(long seed) {
        random = new Random(seed);
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now.addAndGet(time.toNanos());
    }

    @Override
    public double random() {
        return random.nextDouble();
    }

    /** How long was slept. */
    public Duration slept() {
        return Duration.ofNanos(now.get());
    }
}
