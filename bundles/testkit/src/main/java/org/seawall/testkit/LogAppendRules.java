package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.testkit.LogTrial.C;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.SequenceRange;
import org.seawall.SerializationException;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;

/** Rules L1 to L10: appending and reading. */
interface LogAppendRules extends LogTrial.Opener {
    private LogTrial trial() throws Exception {
        return new LogTrial(this);
    }

    @Test
    default void l01_sequencesBeginAtOneAndHaveNoGap() throws Exception {
        try (LogTrial trial = trial()) {
            assertEquals(new SequenceRange(1, 1), trial.append("a"));
            assertEquals(new SequenceRange(2, 4), trial.append("b", "c", "d"));
            assertEquals(new SequenceRange(5, 5), trial.append("e"));
            assertEquals(
                    List.of(1L, 2L, 3L, 4L, 5L),
                    trial.all().stream().map(LoggedEntry::sequence).toList());
            assertEquals(List.of("a", "b", "c", "d", "e"), trial.ids());
        }
    }

    @Test
    default void l02_whatIsAcknowledgedIsSeenByEveryReadThatStartsThen() throws Exception {
        try (LogTrial trial = trial()) {
            for (int i = 0; i < 50; i++) {
                long sequence = trial.append("a" + i).last();
                assertEquals(sequence, trial.log().get(C, "a" + i).orElseThrow().sequence());
                try (LogReader reader = trial.log().read(C, sequence)) {
                    assertEquals("a" + i, reader.poll().orElseThrow().entry().id());
                }
            }
        }
    }

    @Test
    default void l03_anEntryIsReadAsItWasAppended() throws Exception {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("z", "text");
        metadata.put("a", 7L);
        metadata.put("m", 0.5);
        metadata.put("b", true);
        Entry entry = Entry.vector("id", 1, -0f, Float.MIN_VALUE)
                .withMetadata(metadata)
                .withPayload(new byte[] {0, 1, -1})
                .withTimestamp(Instant.ofEpochMilli(1_751_120_400_000L))
                .withExpiry(Instant.ofEpochMilli(4_000_000_000_000L));
        try (LogTrial trial = trial()) {
            trial.append(entry);
            for (LoggedEntry read :
                    List.of(trial.all().get(0), trial.log().get(C, "id").orElseThrow())) {
                assertEquals(entry, read.entry());
                assertEquals(
                        List.copyOf(metadata.keySet()),
                        List.copyOf(read.entry().metadata().keySet()));
            }
            long before = System.currentTimeMillis();
            trial.append("b");
            long set = trial.log().get(C, "b").orElseThrow().entry().timestampMillis();
            assertTrue(set >= before && set <= System.currentTimeMillis(), "time of an entry that had none: " + set);
        }
    }

    @Test
    default void l04_arraysMayBeUsedAgainAfterAppendReturns() throws Exception {
        try (LogTrial trial = trial()) {
            float[] vector = {1, 2, 3};
            byte[] payload = {1, 2};
            Entry entry = Entry.vector("a", vector).withPayload(payload);
            CountDownLatch reached = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            trial.process().hook(LogTrial.holding(reached, go));
            CompletableFuture<SequenceRange> before = trial.log().append(C, List.of(LogTrial.entry("before")));
            assertTrue(reached.await(30, TimeUnit.SECONDS), "nothing is forced");
            CompletableFuture<SequenceRange> append = trial.log().append(C, List.of(entry));
            Arrays.fill(vector, 9);
            Arrays.fill(payload, (byte) 9);
            go.countDown();
            LogTrial.acknowledged(before);
            LogTrial.acknowledged(append);
            Entry read = trial.log().get(C, "a").orElseThrow().entry();
            assertArrayEquals(new float[] {1, 2, 3}, read.vector());
            assertArrayEquals(new byte[] {1, 2}, read.payload());
        }
    }

    @Test
    default void l05_theNewestVersionIsFoundAndADeletedOrExpiredOneIsNot() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append(Entry.vector("a", 1, 1, 1), Entry.vector("a", 2, 2, 2), Entry.vector("b", 3, 3, 3));
            assertEquals(2, trial.log().get(C, "a").orElseThrow().sequence());
            trial.append(Entry.delete("a"), Entry.delete("unknown"));
            assertFalse(trial.finds("a"));
            assertTrue(trial.finds("b"));
            trial.append("a");
            assertEquals(6, trial.log().get(C, "a").orElseThrow().sequence());
            trial.append(Entry.vector("b", 1, 1, 1).withExpiry(Instant.ofEpochMilli(1_000)));
            assertFalse(trial.finds("b"), "an expired entry");
            assertFalse(trial.finds("unknown"));
            assertEquals(7, trial.all().size(), "all that happened");
        }
    }

    @Test
    default void l06_aReaderMovesOverEachEntryOnce() throws Exception {
        try (LogTrial trial = trial();
                LogReader reader = trial.log().read(C, 1)) {
            assertEquals(Optional.empty(), reader.poll());
            assertEquals(1, reader.nextSequence());
            trial.append("a", "b");
            assertNext(1, "a", reader);
            assertNext(2, "b", reader);
            assertEquals(Optional.empty(), reader.poll());
            trial.append("c", "d", "e");
            try (LogReader later = trial.log().read(C, 4)) {
                assertNext(4, "d", later);
                assertNext(5, "e", later);
                assertEquals(Optional.empty(), later.poll());
            }
            assertNext(3, "c", reader);
        }
    }

    private static void assertNext(long sequence, String id, LogReader reader) {
        LoggedEntry next = reader.poll().orElseThrow();
        assertEquals(sequence, next.sequence());
        assertEquals(id, next.entry().id());
        assertEquals(sequence + 1, reader.nextSequence());
    }

    @Test
    default void l07_aReaderWaitsForTheNextEntryAndNoLongerThanItIsTold() throws Exception {
        try (LogTrial trial = trial();
                LogReader reader = trial.log().read(C, 1)) {
            assertEquals(Optional.empty(), reader.await(Duration.ofMillis(1)));
            CompletableFuture<String> awaited = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    awaited.complete(reader.await(Duration.ofSeconds(30))
                            .map(logged -> logged.entry().id())
                            .orElse("nothing"));
                } catch (InterruptedException | RuntimeException e) {
                    awaited.completeExceptionally(e);
                }
            });
            waiting.start();
            // a reader that does not wait has ended by then, and one that does is there to be woken
            while (waiting.getState() != Thread.State.TIMED_WAITING
                    && waiting.getState() != Thread.State.WAITING
                    && waiting.isAlive()) {
                Thread.onSpinWait();
            }
            trial.append("a");
            assertEquals("a", awaited.get(30, TimeUnit.SECONDS));
            waiting.join();
        }
    }

    @Test
    default void l08_aBatchThatDoesNotFitIsRefusedAndNothingIsWritten() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a");
            List<List<Entry>> wrong = List.of(
                    List.of(),
                    List.of(Entry.vector("b", 1, 2)),
                    List.of(LogTrial.entry("b"), Entry.vector("c", 1, 2, 3, 4)));
            for (List<Entry> batch : wrong) {
                assertThrows(SerializationException.class, () -> trial.log().append(C, batch));
            }
            assertEquals(new SequenceRange(2, 2), trial.append("d"), "sequences after refusals");
            assertEquals(List.of("a", "d"), trial.ids());
        }
    }

    @Test
    default void l09_anUnknownCollectionIsSaidToBeUnknown() throws Exception {
        try (LogTrial trial = trial()) {
            List<Entry> batch = List.of(LogTrial.entry("a"));
            assertThrows(CollectionNotFoundException.class, () -> trial.log().append("x", batch));
            assertThrows(CollectionNotFoundException.class, () -> trial.log().get("x", "a"));
            assertThrows(CollectionNotFoundException.class, () -> trial.log().read("x", 1));
            assertThrows(CollectionNotFoundException.class, () -> trial.log().roll("x"));
            assertThrows(CollectionNotFoundException.class, () -> trial.log().snapshot("x"));
            assertThrows(
                    CollectionNotFoundException.class,
                    () -> trial.log().catalog().drop("x"));
            trial.log().catalog().create(CollectionSpec.payloads("other"));
            assertEquals(List.of(), LogTrial.all(trial.log(), "other"), "collections know nothing of each other");
        }
    }

    @Test
    default void l10_theBatchesOfAThreadKeepTheirOrderAndStayWhole() throws Exception {
        try (LogTrial trial = trial()) {
            List<SequenceRange> ranges = Collections.synchronizedList(new ArrayList<>());
            Together.run(4, thread -> {
                List<CompletableFuture<SequenceRange>> appends = new ArrayList<>();
                for (int i = 0; i < 25; i++) {
                    String id = thread + "-" + (100 + i);
                    appends.add(trial.log().append(C, List.of(LogTrial.entries(id + "-0", id + "-1"))));
                }
                for (CompletableFuture<SequenceRange> append : appends) {
                    ranges.add(LogTrial.acknowledged(append));
                }
            });
            List<String> ids = trial.ids();
            assertEquals(200, ids.size());
            for (int thread = 0; thread < 4; thread++) {
                String own = thread + "-";
                List<String> ofThread =
                        ids.stream().filter(id -> id.startsWith(own)).toList();
                assertEquals(ofThread.stream().sorted().toList(), ofThread, "order of a thread's batches");
            }
            for (SequenceRange range : ranges) {
                String first = ids.get((int) range.first() - 1);
                assertEquals(first.replaceAll("0$", "1"), ids.get((int) range.last() - 1), "the other half of a batch");
            }
        }
    }
}
