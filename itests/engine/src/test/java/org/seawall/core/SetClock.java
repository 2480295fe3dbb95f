package org.seawall.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when a test says so. */
final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2025-06-28T14:20:00Z");

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** The same time for what does not care for its origin. */
    long nanoTime() {
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
