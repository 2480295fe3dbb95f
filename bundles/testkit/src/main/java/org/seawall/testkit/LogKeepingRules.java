package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.seawall.testkit.LogTrial.C;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LoggedEntry;
import org.seawall.PointInTime;
import org.seawall.WriteAheadLog;

/** Rules L23 to L27: versions, compaction, and a collection as it was. */
interface LogKeepingRules extends LogTrial.Opener {
    private LogTrial trial() throws Exception {
        return new LogTrial(this);
    }

    @Test
    default void l23_theHistoryOfAnIdBeginsWithItsNewestVersion() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b", "a");
            trial.append(Entry.delete("a"));
            trial.append("a");
            List<LoggedEntry> history = trial.log().history(C, "a");
            assertEquals(List.of(5L, 4L, 3L, 1L), sequences(history));
            assertEquals(trial.all().get(3), history.get(1), "a delete is a version too");
            assertEquals(List.of(2L), sequences(trial.log().history(C, "b")));
            assertEquals(List.of(), trial.log().history(C, "c"));
            trial.log().snapshot(C);
            trial.log().compact(C);
            trial.crash();
            assertEquals(5, trial.log().history(C, "a").get(0).sequence(), "the newest one is kept");
        }
    }

    @Test
    default void l24_aCompactionKeepsAllThatIsLive() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b", "c");
            trial.log().snapshot(C);
            trial.append(Entry.delete("a"), LogTrial.entry("b"));
            trial.log().roll(C);
            trial.append("d");
            assertEquals(6, trial.log().compact(C));
            assertFalse(trial.finds("a"));
            trial.append("e");
            for (int i = 0; i < 2; i++) {
                trial.crash();
                assertFalse(trial.finds("a"), "what was deleted stays deleted");
                assertEquals(5, trial.log().get(C, "b").orElseThrow().sequence());
                assertEquals(3, trial.log().get(C, "c").orElseThrow().sequence());
                assertEquals(6, trial.log().get(C, "d").orElseThrow().sequence());
                assertEquals(7 + i, trial.log().compact(C));
                assertEquals(8 + i, trial.append("f" + i).first());
            }
        }
    }

    @Test
    default void l25_aViewIsTheCollectionAsItWasAtASequence() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b");
            trial.append(Entry.delete("a"), LogTrial.entry("c"));
            trial.append("b", "d");
            for (int i = 0; i < 2; i++) {
                assertEquals(List.of(), live(trial.log(), PointInTime.atSequence(0)));
                assertEquals(List.of("a1"), live(trial.log(), PointInTime.atSequence(1)));
                assertEquals(List.of("a1", "b2"), live(trial.log(), PointInTime.atSequence(2)));
                assertEquals(List.of("b2", "c4"), live(trial.log(), PointInTime.atSequence(4)));
                assertEquals(List.of("c4", "b5", "d6"), live(trial.log(), PointInTime.atSequence(6)));
                assertEquals(List.of("c4", "b5", "d6"), live(trial.log(), PointInTime.atSequence(1_000)));
                trial.log().compact(C);
                trial.crash();
            }
        }
    }

    @Test
    default void l26_aViewIsTheCollectionAsItWasAtAMoment() throws Exception {
        try (LogTrial trial = trial()) {
            Instant before = later();
            trial.append("a", "b");
            Instant between = later();
            trial.append("b", "c");
            Instant after = later();
            trial.log().snapshot(C);
            trial.append("d");
            for (int i = 0; i < 2; i++) {
                assertEquals(List.of(), live(trial.log(), PointInTime.atMoment(before)));
                assertEquals(List.of("a1", "b2"), live(trial.log(), PointInTime.atMoment(between)));
                assertEquals(List.of("a1", "b3", "c4"), live(trial.log(), PointInTime.atMoment(after)));
                assertEquals(List.of("a1", "b3", "c4", "d5"), live(trial.log(), PointInTime.atMoment(later())));
                trial.reopen();
            }
        }
    }

    @Test
    default void l27_aViewStaysAsItIsUntilItIsClosed() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append(LogTrial.entry("a"), LogTrial.entry("b").withExpiry(Instant.ofEpochMilli(1)));
            CollectionView view = trial.log().view(C, PointInTime.atSequence(1_000));
            trial.append(Entry.delete("a"), LogTrial.entry("c"));
            trial.log().snapshot(C);
            assertEquals(List.of("a1"), live(view));
            assertEquals(2, view.sequence());
            assertEquals(1, view.get("a").orElseThrow().sequence());
            assertEquals(Optional.empty(), view.get("b"), "it had expired");
            assertEquals(Optional.empty(), view.get("c"));
            view.close();
            assertThrows(LogClosedException.class, () -> view.get("a"));
            assertThrows(LogClosedException.class, view::entries);
            view.close();
        }
    }

    /** A moment behind everything before it, and before everything behind it, by a clock of milliseconds. */
    private static Instant later() throws InterruptedException {
        Instant moment = tick(Instant.ofEpochMilli(System.currentTimeMillis()));
        tick(moment);
        return moment;
    }

    private static Instant tick(Instant moment) throws InterruptedException {
        while (System.currentTimeMillis() <= moment.toEpochMilli()) {
            Thread.sleep(1);
        }
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private static List<Long> sequences(List<LoggedEntry> entries) {
        return entries.stream().map(LoggedEntry::sequence).toList();
    }

    private static List<String> live(WriteAheadLog log, PointInTime at) {
        try (CollectionView view = log.view(C, at)) {
            return live(view);
        }
    }

    private static List<String> live(CollectionView view) {
        List<String> live = new ArrayList<>();
        for (Iterator<LoggedEntry> entries = view.entries(); entries.hasNext(); ) {
            LoggedEntry logged = entries.next();
            live.add(logged.entry().id() + logged.sequence());
        }
        return live;
    }
}
