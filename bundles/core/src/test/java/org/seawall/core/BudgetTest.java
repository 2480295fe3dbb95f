package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.seawall.LogFullException;
import org.seawall.core.engine.Signal;

class BudgetTest {
    private static final long MINUTES = 600_000;

    private final AtomicLong memory = new AtomicLong();
    private final Signal room = new Signal();

    private Budget budget(long backpressureMillis) {
        return new Budget(new Limits(100, 50, 1_000, 800, backpressureMillis), memory::get, room, "test");
    }

    @Test
    void aHardLimitRefusesAndTakesNothing() {
        Budget budget = budget(0);
        budget.take(60);
        LogFullException full = assertThrows(LogFullException.class, () -> budget.take(41));
        assertTrue(full.getMessage().contains("batchBytes=41, inFlightBytes=60, limit=100"), full.getMessage());
        budget.take(40);
        assertEquals(100, budget.usage().inFlightBytes());
    }

    @Test
    void memoryThatIsFullRefusesToo() {
        Budget budget = budget(0);
        memory.set(990);
        LogFullException full = assertThrows(LogFullException.class, () -> budget.take(11));
        assertTrue(full.getMessage().contains("inMemoryBytes=990, limit=1000"), full.getMessage());
        assertEquals(0, budget.usage().inFlightBytes());
    }

    @Test
    void aLoneBatchAboveTheSoftLimitWaitsForNobody() {
        Budget budget = budget(MINUTES);
        budget.take(90);
        assertEquals(90, budget.usage().inFlightBytes());
    }

    @Test
    void aboveASoftLimitTheCallerIsHeldUntilBytesAreGivenBack() throws Exception {
        Budget budget = budget(MINUTES);
        budget.take(50);
        CompletableFuture<Void> held = CompletableFuture.runAsync(() -> budget.take(20));
        awaitHeld(budget, held);
        budget.giveBack(50);
        held.get(30, TimeUnit.SECONDS);
        assertEquals(20, budget.usage().inFlightBytes());
        assertEquals(0, budget.usage().heldAppends());
    }

    @Test
    void aboveTheSoftLimitOfMemoryTheCallerIsWokenWhenThereIsRoom() throws Exception {
        Budget budget = budget(MINUTES);
        memory.set(790);
        CompletableFuture<Void> held = CompletableFuture.runAsync(() -> budget.take(20));
        awaitHeld(budget, held);
        memory.set(781);
        room.raise();
        assertEquals(1, budget.usage().heldAppends());
        memory.set(780);
        room.raise();
        held.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoWasHeldLongEnoughGoesThroughBelowTheHardLimitAndIsRefusedAtIt() {
        Budget budget = budget(1);
        budget.take(50);
        budget.take(50);
        assertEquals(100, budget.usage().inFlightBytes());
        assertThrows(LogFullException.class, () -> budget.take(1));
    }

    @Test
    void whoIsInterruptedWhileHeldTakesNothingAndStaysInterrupted() throws Exception {
        Budget budget = budget(MINUTES);
        budget.take(50);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                budget.take(20);
                interrupted.complete(false);
            } catch (LogFullException e) {
                interrupted.complete(e.getCause() instanceof InterruptedException
                        && Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        awaitHeld(budget, interrupted);
        thread.interrupt();
        assertTrue(interrupted.get(30, TimeUnit.SECONDS));
        assertEquals(50, budget.usage().inFlightBytes());
    }

    @Test
    void aBudgetThatIsClosedHoldsNobody() throws Exception {
        Budget budget = budget(MINUTES);
        budget.take(100);
        CompletableFuture<Void> held = CompletableFuture.runAsync(() -> budget.take(20));
        awaitHeld(budget, held);
        room.close();
        ExecutionException ended = assertThrows(ExecutionException.class, () -> held.get(30, TimeUnit.SECONDS));
        assertInstanceOf(LogFullException.class, ended.getCause());
    }

    @Test
    void whatDependsOnACommitIsNotHeldByIt() throws Exception {
        Budget budget = budget(MINUTES);
        budget.take(50);
        try (LogThreads threads = new LogThreads("test", 1, 1, new RecoverySettings(1, 1, 0, 0))) {
            CompletableFuture.runAsync(
                            () -> budget.take(20), threads.directory(0).commits())
                    .get(30, TimeUnit.SECONDS);
        }
        assertEquals(70, budget.usage().inFlightBytes());
    }

    private static void awaitHeld(Budget budget, CompletableFuture<?> held) {
        while (budget.usage().heldAppends() == 0) {
            assertFalse(held.isDone(), "not held");
            Thread.onSpinWait();
        }
    }
}
