package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final class NotedPace implements Pace {
        private final StillPace still = new StillPace(1);
        private final List<Duration> sleeps = new ArrayList<>();
        private final double drawn;

        private NotedPace(double drawn) {
            this.drawn = drawn;
        }

        @Override
        public long nanoTime() {
            return still.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            sleeps.add(time);
            still.sleep(time);
        }

        @Override
        public double random() {
            return drawn;
        }
    }

    private static RetrySettings settings(int attempts, int deadlineSeconds, int budget) {
        return new RetrySettings(
                attempts, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(deadlineSeconds), budget);
    }

    private static int attemptsUntilRefused(Retries retries) {
        int[] made = {0};
        assertThrows(
                NotDoneException.class,
                () -> retries.repeat(() -> {
                    made[0]++;
                    throw new NotDoneException("throttled", null);
                }));
        return made[0];
    }

    @Test
    void waitsDoubleUpToTheLongestAndAreDrawnBelow() {
        NotedPace pace = new NotedPace(0.5);
        assertEquals(6, attemptsUntilRefused(new Retries(settings(6, 60, 0), pace)));
        assertEquals(
                List.of(50, 100, 200, 250, 250),
                pace.sleeps.stream()
                        .map(Duration::toMillis)
                        .map(Math::toIntExact)
                        .toList());
    }

    @Test
    void noAttemptBeginsBehindTheDeadline() {
        NotedPace pace = new NotedPace(0.999);
        attemptsUntilRefused(new Retries(settings(100, 2, 0), pace));
        assertTrue(pace.still.slept().compareTo(Duration.ofSeconds(2)) < 0, pace.still.slept()::toString);
        assertEquals(5, pace.sleeps.size());
    }

    @Test
    void aStoreThatIsDownGetsNoMoreThanTheBudgetAllows() throws IOException {
        Retries retries = new Retries(settings(4, 60, 20), new NotedPace(0));
        assertEquals(4, attemptsUntilRefused(retries), "three of four tokens");
        assertEquals(2, attemptsUntilRefused(retries), "the last one");
        assertEquals(1, attemptsUntilRefused(retries), "none left");
        for (int i = 0; i < RetryBudget.COST; i++) {
            retries.repeat(() -> "answer");
        }
        assertEquals(2, attemptsUntilRefused(retries), "successes have given one back");
    }

    @Test
    void whatNoRetryMendsIsThrownAtOnce() {
        int[] made = {0};
        assertThrows(
                IOException.class,
                () -> new Retries(settings(4, 60, 20), new NotedPace(0)).repeat(() -> {
                    made[0]++;
                    throw new IOException("no such bucket");
                }));
        assertEquals(1, made[0]);
    }

    private static int attemptsUntilNotReached(Retries retries) {
        int[] made = {0};
        assertThrows(
                IOException.class,
                () -> retries.repeat(() -> {
                    made[0]++;
                    throw new UnreachableException("no host has that name", null);
                }));
        return made[0];
    }

    @Test
    void aStoreThatWasNeverReachedIsNotAskedAgain() throws IOException {
        Retries retries = new Retries(settings(4, 60, 0), new NotedPace(0));
        assertEquals(1, attemptsUntilNotReached(retries));
        assertEquals(1, attemptsUntilNotReached(retries));
        retries.repeat(() -> "answer");
        assertEquals(4, attemptsUntilNotReached(retries), "it is down, and will be back");
    }

    @Test
    void aStoreThatRefusesWasReached() {
        Retries retries = new Retries(settings(4, 60, 0), new NotedPace(0));
        assertEquals(4, attemptsUntilRefused(retries));
        assertEquals(4, attemptsUntilNotReached(retries));
    }

    @Test
    void anInterruptEndsTheWaiting() {
        Retries retries = new Retries(settings(4, 60, 20), new NotedPace(0));
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedIOException.class,
                () -> retries.repeat(() -> {
                    throw new NotDoneException("throttled", null);
                }));
        assertTrue(Thread.interrupted(), "the interrupt is still there");
        assertFalse(Thread.interrupted());
    }
}
