package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.testkit.LogTrial.C;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.seawall.CollectionStatus;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LoggedEntry;
import org.seawall.PointInTime;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;

/** Rules L11 to L17: segments, restarts, collections and the end. */
interface LogLifeRules extends LogTrial.Opener {
    private LogTrial trial() throws Exception {
        return new LogTrial(this);
    }

    @Test
    default void l11_aRollChangesNothingThatIsRead() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a");
            Optional<String> first = trial.log().roll(C);
            trial.append("b");
            Optional<String> second = trial.log().roll(C);
            assertTrue(first.isEmpty() || !first.equals(second), "two segments of one name");
            assertEquals(Optional.empty(), trial.log().roll(C), "a segment without an entry is kept");
            assertEquals(new SequenceRange(3, 3), trial.append("c"));
            assertEquals(List.of("a", "b", "c"), trial.ids());
            trial.reopen();
            assertEquals(List.of("a", "b", "c"), trial.ids());
        }
    }

    @Test
    default void l12_aSnapshotKeepsAllThatIsLive() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b", "c");
            trial.append(Entry.delete("a"), LogTrial.entry("b"));
            assertEquals(5, trial.log().snapshot(C));
            trial.append("d");
            for (int i = 0; i < 2; i++) {
                trial.crash();
                assertFalse(trial.finds("a"));
                assertEquals(5, trial.log().get(C, "b").orElseThrow().sequence());
                assertEquals(3, trial.log().get(C, "c").orElseThrow().sequence());
                assertEquals(6, trial.log().get(C, "d").orElseThrow().sequence());
                assertEquals(6 + i, trial.log().snapshot(C));
                assertEquals(7 + i, trial.append("e" + i).first());
            }
        }
    }

    @Test
    default void l13_whatWasAcknowledgedIsThereAfterARestartAndAfterACrash() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b");
            trial.append(Entry.vector("c", 1, 2, 3).withMetadata(Map.of("k", "v")));
            List<LoggedEntry> before = trial.all();
            trial.reopen();
            assertEquals(before, trial.all());
            trial.append("d");
            before = trial.all();
            trial.crash();
            assertEquals(before, trial.all());
            assertEquals(new SequenceRange(5, 5), trial.append("e"));
        }
    }

    @Test
    default void l14_theCatalogTellsWhatWasCreatedAndChanged() throws Exception {
        try (LogTrial trial = trial()) {
            CollectionInfo created =
                    trial.log().catalog().create(CollectionSpec.payloads("b").withTags(Map.of("k", "v")));
            trial.log().catalog().create(CollectionSpec.vectors("a", 2, Metric.COSINE));
            assertEquals(Optional.of(created), trial.log().catalog().find("b"));
            assertEquals(Optional.empty(), trial.log().catalog().find("x"));
            CollectionInfo updated = trial.log().catalog().update("b", spec -> spec.withOwner("me"));
            assertEquals(created.id(), updated.id());
            assertEquals("me", updated.spec().owner());
            assertThrows(
                    CollectionExistsException.class, () -> trial.log().catalog().create(CollectionSpec.payloads("b")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> trial.log().catalog().update("a", spec -> CollectionSpec.vectors("a", 3, Metric.COSINE)));
            List<CollectionInfo> before = trial.log().catalog().list();
            assertEquals(
                    List.of("a", "b", C),
                    before.stream().map(CollectionInfo::name).toList());
            assertEquals(updated, before.get(1));
            trial.crash();
            assertEquals(before, trial.log().catalog().list());
        }
    }

    @Test
    default void l15_aDroppedCollectionIsGoneAndItsNameIsFree() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("old");
            UUID id = trial.log().catalog().find(C).orElseThrow().id();
            trial.log().catalog().drop(C);
            assertEquals(Optional.empty(), trial.log().catalog().find(C));
            trial.crash();
            assertEquals(List.of(), trial.log().catalog().list());
            CollectionInfo again = trial.log().catalog().create(CollectionSpec.vectors(C, 3, Metric.L2));
            assertNotEquals(id, again.id());
            assertEquals(List.of(), trial.all());
            assertEquals(new SequenceRange(1, 1), trial.append("new"));
            trial.crash();
            assertEquals(List.of("new"), trial.ids());
        }
    }

    @Test
    default void l16_theStatusTellsWhatIsTrue() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b", "a");
            assertEquals(LogState.OPEN, trial.log().status().state());
            assertEquals(trial.log().name(), trial.log().status().name());
            CollectionStatus status = trial.log().status().collections().get(0);
            assertEquals(C, status.name());
            assertEquals(LogState.OPEN, status.state());
            assertEquals(3, status.lastSequence());
            assertEquals(2, status.liveEntries());
            long epoch = status.epoch();
            trial.reopen();
            assertTrue(trial.log().status().collections().get(0).epoch() > epoch, "a new writer, a new epoch");
            assertTrue(trial.log().status().collections().get(0).recovery().usable());
        }
    }

    @Test
    default void l17_aClosedLogSaysSoAndItsReadersEnd() throws Exception {
        LogTrial trial = trial();
        WriteAheadLog log = trial.log();
        trial.append("a");
        LogReader reader = log.read(C, 2);
        CompletableFuture<Optional<LoggedEntry>> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waiting.complete(reader.await(Duration.ofSeconds(30)));
            } catch (InterruptedException | RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        thread.start();
        trial.close();
        ExecutionException ended = assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
        assertInstanceOf(LogClosedException.class, ended.getCause());
        thread.join();
        assertThrows(LogClosedException.class, () -> log.append(C, List.of(LogTrial.entry("b"))));
        assertThrows(LogClosedException.class, () -> log.get(C, "a"));
        assertThrows(LogClosedException.class, () -> log.read(C, 1));
        assertThrows(LogClosedException.class, () -> log.roll(C));
        assertThrows(LogClosedException.class, () -> log.snapshot(C));
        assertThrows(LogClosedException.class, () -> log.compact(C));
        assertThrows(LogClosedException.class, () -> log.history(C, "a"));
        assertThrows(LogClosedException.class, () -> log.view(C, PointInTime.atSequence(1)));
        assertThrows(LogClosedException.class, reader::poll);
    }
}
