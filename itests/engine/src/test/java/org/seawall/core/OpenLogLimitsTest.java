package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.Acknowledgement;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LogFullException;
import org.seawall.PointInTime;
import org.seawall.SequenceRange;
import org.seawall.catalog.CollectionSpec;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Storage;

/** A log whose storage is slow comes to its limits. */
class OpenLogLimitsTest {
    private final Storage storage = Storage.inMemory();
    private final FaultyFileSystem process = new FaultyFileSystem(storage.files(), 0);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private OpenLog log;

    @BeforeEach
    void open() throws IOException {
        Limits limits = new Limits(10_000, 5_000, 1 << 20, 1 << 20, 600_000);
        log = OpenLogContractTest.open(storage.through(process), new AppendStrategy(), limits);
        log.catalog().create(CollectionSpec.payloads("c").withSettings(Map.of("syncMillis", "3600000")));
    }

    @AfterEach
    void close() {
        go.countDown();
        log.close();
    }

    private CompletableFuture<SequenceRange> append(int bytes, Acknowledgement level) {
        return log.append("c", List.of(Entry.payload("a", new byte[bytes])), level);
    }

    /** From now on nothing is forced until it is let go. */
    private void hold() throws InterruptedException {
        process.hook(operation -> {
            if (operation.startsWith("force ")) {
                reached.countDown();
                awaitGo();
            }
        });
        append(4_000, Acknowledgement.DURABLE);
        assertTrue(reached.await(30, TimeUnit.SECONDS), "nothing is forced");
    }

    private void awaitGo() throws IOException {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Test
    void aboveTheSoftLimitAnAppendIsHeldUntilTheStorageHasCaughtUp() throws Exception {
        hold();
        CompletableFuture<Void> held = CompletableFuture.runAsync(
                () -> append(4_000, Acknowledgement.DURABLE).join());
        while (log.status().usage().heldAppends() == 0) {
            assertFalse(held.isDone(), "not held back");
            Thread.onSpinWait();
        }
        assertEquals(1, log.status().collections().size());
        go.countDown();
        held.get(30, TimeUnit.SECONDS);
        assertEquals(0, log.status().usage().heldAppends());
        assertEquals(2, log.status().collections().get(0).lastSequence());
    }

    @Test
    void whoIsInterruptedWhileHeldIsToldAndNothingIsWritten() throws Exception {
        hold();
        CompletableFuture<LogFullException> told = new CompletableFuture<>();
        Thread thread = new Thread(() ->
                told.complete(assertThrows(LogFullException.class, () -> append(4_000, Acknowledgement.MEMORY))));
        thread.start();
        while (log.status().usage().heldAppends() == 0) {
            assertFalse(told.isDone(), "not held back");
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertTrue(told.get(30, TimeUnit.SECONDS).getMessage().contains("nothing was written"));
        go.countDown();
        append(10, Acknowledgement.DURABLE).get(30, TimeUnit.SECONDS);
        assertEquals(2, log.status().collections().get(0).lastSequence());
    }

    @Test
    void whatIsAcknowledgedAndNotDurableIsInFlight() throws Exception {
        append(1_000, Acknowledgement.PERIODIC).get(30, TimeUnit.SECONDS);
        assertTrue(log.status().usage().inFlightBytes() > 1_000, "given back before it is durable");
        log.roll("c");
        assertEquals(0, log.status().usage().inFlightBytes());
        assertTrue(log.status().usage().memoryBytes() > 1_000);
    }

    @Test
    void aCollectionOverridesTheLevelAndAnUpdateTakesEffectAtOnce() throws Exception {
        log.catalog()
                .update("c", spec -> spec.withSettings(Map.of("acknowledgement", "PERIODIC", "syncMillis", "3600000")));
        log.append("c", List.of(Entry.payload("a", new byte[10]))).get(30, TimeUnit.SECONDS);
        assertFalse(log.get("c", "a").isPresent(), "forced at once");
        log.catalog().update("c", spec -> spec.withSettings(Map.of()));
        log.append("c", List.of(Entry.payload("b", new byte[10]))).get(30, TimeUnit.SECONDS);
        assertTrue(log.get("c", "a").isPresent() && log.get("c", "b").isPresent());
        assertThrows(
                IllegalArgumentException.class,
                () -> log.catalog().update("c", spec -> spec.withSettings(Map.of("segmentBytes", "1"))));
    }

    /** A collection of three quarters of the memory's soft limit, and an append that has no room beside it. */
    private CompletableFuture<Void> heldForMemory(OpenLog full) throws Exception {
        full.catalog().create(CollectionSpec.payloads("large"));
        full.catalog().create(CollectionSpec.payloads("small"));
        for (int version = 0; version < 3; version++) {
            full.append("large", List.of(Entry.payload("a", new byte[5_000]))).get(30, TimeUnit.SECONDS);
        }
        CompletableFuture<Void> held =
                CompletableFuture.runAsync(() -> full.append("small", List.of(Entry.payload("b", new byte[6_000])))
                        .join());
        while (full.status().usage().heldAppends() == 0) {
            assertFalse(held.isDone(), "not held back");
            Thread.onSpinWait();
        }
        return held;
    }

    private static OpenLog ofLittleMemory() throws IOException {
        Limits limits = new Limits(100_000, 50_000, 200_000, 20_000, 600_000);
        return OpenLogContractTest.open(Storage.inMemory(), new AppendStrategy(), limits);
    }

    @Test
    void whoIsHeldForMemoryIsWokenByASnapshot() throws Exception {
        try (OpenLog full = ofLittleMemory()) {
            CompletableFuture<Void> held = heldForMemory(full);
            full.snapshot("large");
            held.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoIsHeldForMemoryIsWokenByACompaction() throws Exception {
        try (OpenLog full = ofLittleMemory()) {
            CompletableFuture<Void> held = heldForMemory(full);
            full.compact("large");
            held.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoIsHeldForMemoryIsWokenByADrop() throws Exception {
        try (OpenLog full = ofLittleMemory()) {
            CompletableFuture<Void> held = heldForMemory(full);
            full.catalog().drop("large");
            held.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoIsHeldForMemoryIsWokenByTheEndOfAView() throws Exception {
        try (OpenLog full = ofLittleMemory()) {
            full.catalog().create(CollectionSpec.payloads("c"));
            full.append("c", List.of(Entry.payload("a", new byte[8_000]))).get(30, TimeUnit.SECONDS);
            CollectionView view = full.view("c", PointInTime.atSequence(1));
            CompletableFuture<Void> held =
                    CompletableFuture.runAsync(() -> full.append("c", List.of(Entry.payload("b", new byte[8_000])))
                            .join());
            while (full.status().usage().heldAppends() == 0) {
                assertFalse(held.isDone(), "not held back");
                Thread.onSpinWait();
            }
            view.close();
            held.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCollectionCannotHaveBatchesThatTheLogNeverTakes() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> log.catalog().update("c", spec -> spec.withSettings(Map.of("maxBatchBytes", "10001"))));
        assertTrue(refused.getMessage().contains("inFlightBytes=10000"), refused.getMessage());
    }
}
