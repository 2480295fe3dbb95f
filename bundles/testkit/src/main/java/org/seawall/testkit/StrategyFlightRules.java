package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.seawall.LogFencedException;

/** Rules W31 to W34: several groups in flight, where a commit is a segment. A strategy that writes one at a time keeps them too. */
interface StrategyFlightRules extends StrategyRules {
    private StrategyTrial trial() throws IOException {
        StrategyTrial trial = new StrategyTrial(this, 0);
        NotApplicable.unless(trial.store().segmentPerCommit(), "has an active segment");
        return trial;
    }

    /** Creates one segment behind the next, as far as the strategy has both in flight. */
    private static OperationHook late(int number) {
        CountDownLatch next = new CountDownLatch(1);
        OperationHook held = held(number, next);
        return new OperationHook() {
            @Override
            public void before(String operation) throws IOException {
                held.before(operation);
            }

            @Override
            public void after(String operation) {
                if (operation.endsWith(SegmentLog.name(number + 1))) {
                    next.countDown();
                }
            }
        };
    }

    /** Creates a segment when something else has happened. */
    private static OperationHook held(int number, CountDownLatch other) {
        return operation -> {
            if (operation.endsWith(SegmentLog.name(number))) {
                await(other);
            }
        };
    }

    /** Not for long: a strategy that writes one at a time does not begin the next, and one that is right does not tell of it. */
    private static void await(CountDownLatch other) throws IOException {
        try {
            other.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What was told, in its order. */
    final class Told {
        private final List<String> order = Collections.synchronizedList(new ArrayList<>());
        private final List<CompletableFuture<Void>> groups = new ArrayList<>();

        private Told(StrategyTrial trial, String... batches) {
            this(trial, batch -> {}, batches);
        }

        private Told(StrategyTrial trial, Consumer<String> listener, String... batches) {
            List<CompletableFuture<Boolean>> heard = new ArrayList<>();
            for (String batch : batches) {
                try {
                    groups.add(trial.log().writing(batch));
                } catch (IOException e) {
                    // a store that has failed by now begins nothing more
                    groups.add(CompletableFuture.failedFuture(e));
                }
                heard.add(groups.get(groups.size() - 1).handle((nothing, failure) -> {
                    boolean added = order.add(batch);
                    listener.accept(batch);
                    return added;
                }));
            }
            heard.forEach(each -> each.orTimeout(30, TimeUnit.SECONDS).join());
        }

        private Throwable failure(int group) {
            CompletionException e = assertThrows(
                    CompletionException.class,
                    () -> groups.get(group).join(),
                    () -> "told to be written, group=" + group + ", told=" + order);
            assertTrue(StrategyTrial.documented(e.getCause()), () -> "undocumented failure " + e.getCause());
            return e.getCause();
        }
    }

    @Test
    default void w31_groupsInFlightAreToldInTheOrderOfTheCalls() throws IOException {
        StrategyTrial trial = trial();
        CountDownLatch next = new CountDownLatch(1);
        trial.process().hook(held(1, next));
        Told told = new Told(trial, batch -> next.countDown(), "a", "b", "c");
        assertEquals(List.of("a", "b", "c"), told.order);
        told.groups.forEach(CompletableFuture::join);
        trial.log().sync();
        assertEquals(List.of("a", "b", "c"), trial.crash());
    }

    @Test
    default void w32_behindAFailureNothingIsToldToBeWritten() throws IOException {
        StrategyTrial trial = trial();
        OperationHook late = late(2);
        trial.process().hook(new OperationHook() {
            @Override
            public void before(String operation) throws IOException {
                late.before(operation);
                if (operation.endsWith(SegmentLog.name(2))) {
                    throw new IOException("injected failure of " + operation);
                }
            }

            @Override
            public void after(String operation) throws IOException {
                late.after(operation);
            }
        });
        Told told = new Told(trial, "a", "b", "c");
        told.groups.get(0).join();
        told.failure(1);
        told.failure(2);
        assertEquals(List.of("a", "b", "c"), told.order);
        assertThrows(IOException.class, () -> trial.store().begin(SegmentLog.name(9), SegmentLog.header(9)));
        assertTrue(StrategyTrial.documented(StrategyTrial.failure(trial.store().sync())));
    }

    @Test
    default void w33_behindAFenceEverybodyIsFenced() throws IOException {
        StrategyTrial trial = trial();
        trial.files().create(trial.sealed(2), List.of(SegmentLog.bytes("theirs")));
        trial.process().hook(late(2));
        Told told = new Told(trial, "a", "b", "c");
        told.groups.get(0).join();
        assertInstanceOf(LogFencedException.class, told.failure(1));
        told.failure(2);
        assertEquals("theirs", trial.text(trial.sealed(2)));
        assertThrows(IOException.class, () -> trial.store().begin(SegmentLog.name(9), SegmentLog.header(9)));
    }

    @Test
    default void w34_aClosedStoreCreatesNothingMore() throws IOException {
        StrategyTrial trial = trial();
        trial.process().hook(late(1));
        List<CompletableFuture<Void>> groups = new ArrayList<>();
        for (String batch : List.of("a", "b")) {
            groups.add(trial.log().writing(batch));
        }
        trial.store().close();
        List<String> history = trial.process().history();
        for (CompletableFuture<Void> group : groups) {
            assertTrue(group.isDone(), "closed, and not told what became of a group");
        }
        assertEquals(history, trial.process().history(), "created by a closed store");
    }
}
