package org.seawall.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;

class SessionGateTest {
    private static final long LONG_MILLIS = 600_000;

    private final SessionGate gate = new SessionGate();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoIsInsideIsWaitedFor() throws Exception {
        assertTrue(gate.enter());
        assertTrue(gate.hold(LONG_MILLIS));
        assertFalse(gate.hold(LONG_MILLIS), "held already");
        assertFalse(gate.enter());
        CompletableFuture<Boolean> empty = CompletableFuture.supplyAsync(this::awaitEmpty);
        assertFalse(empty.isDone());
        gate.leave();
        assertTrue(empty.get(60, TimeUnit.SECONDS));
        gate.release();
        assertTrue(gate.enter());
    }

    @Test
    void whoIsInsideForTooLongIsNotWaitedFor() throws Exception {
        gate.enter();
        gate.hold(10);
        assertFalse(gate.awaitEmpty(60_000));
    }

    @Test
    void theLineGoesOnInItsOrderAndBeforeThoseWhoCome() throws Exception {
        gate.hold(LONG_MILLIS);
        CompletableFuture<Void> comes = new CompletableFuture<>();
        List<CompletableFuture<Boolean>> coming = new ArrayList<>();
        gate.join(new Told("a", () -> {
            assertFalse(gate.enter(), "the line is not at its end");
            assertTrue(gate.join(new Told("c", () -> {})));
            coming.add(CompletableFuture.supplyAsync(() -> {
                comes.complete(null);
                boolean waited = gate.awaitOpening();
                told.add("d");
                return waited;
            }));
            comes.join();
        }));
        gate.join(new Told("b", () -> {}));
        assertFalse(gate.awaitOpening(), "the line does not go on yet");
        gate.release();
        assertFalse(gate.join(new Told("late", () -> {})));
        coming.get(0).get(60, TimeUnit.SECONDS);
        assertEquals(List.of("a", "b", "c"), told.subList(0, 3));
        assertTrue(gate.enter());
    }

    @Test
    void whoIsLateIsRefusedOnceAndThenAllPass() {
        gate.hold(LONG_MILLIS);
        gate.join(new Told("a", () -> {}));
        gate.refuseIfLate(new LogUnavailableException("early"));
        assertEquals(List.of(), told);
        gate.refuse(new LogUnavailableException("late"));
        assertEquals(List.of("a refused: late"), told);
        assertTrue(gate.enter());
        gate.leave();
        gate.hold(0);
        gate.join(new Told("b", () -> {}));
        gate.refuseIfLate(new LogUnavailableException("again"));
        assertEquals("b refused: again", told.get(1));
    }

    /** However long it takes: those who wait behind it are not refused, they are next. */
    @Test
    void aLineThatGoesOnIsNotLate() {
        gate.hold(0);
        gate.join(new Told("a", () -> gate.refuseIfLate(new LogUnavailableException("late"))));
        gate.join(new Told("b", () -> {}));
        gate.release();
        assertEquals(List.of("a", "b"), told);
    }

    @Test
    void workWaitsForTheReleaseOrIsRefused() throws Exception {
        gate.hold(10);
        assertThrows(LogUnavailableException.class, () -> gate.pass(() -> "done"));
        gate.refuse(new LogUnavailableException("late"));
        gate.hold(LONG_MILLIS);
        CompletableFuture<String> work = CompletableFuture.supplyAsync(() -> gate.pass(() -> "done"));
        assertFalse(work.isDone());
        gate.release();
        assertEquals("done", work.get(60, TimeUnit.SECONDS));
    }

    private boolean awaitEmpty() {
        try {
            return gate.awaitEmpty(60_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Told implements SessionGate.Waiting {
        private final String name;
        private final Runnable then;

        private Told(String name, Runnable then) {
            this.name = name;
            this.then = then;
        }

        @Override
        public void goOn() {
            told.add(name);
            then.run();
        }

        @Override
        public void refused(SeawallException refused) {
            told.add(name + " refused: " + refused.getMessage());
        }
    }
}
