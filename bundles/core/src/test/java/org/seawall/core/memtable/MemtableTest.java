package org.seawall.core.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.PastUnavailableException;

class MemtableTest {
    private static final long NOW = 1_000_000;

    private final Memtable memtable = new Memtable();

    @Test
    void agreesWithAMapOverRandomPutsDeletesAndExpiries() {
        Random random = new Random(42);
        Map<String, LoggedEntry> model = new HashMap<>();
        List<LoggedEntry> history = new ArrayList<>();
        long sequence = 0;
        for (int batch = 0; batch < 3_000; batch++) {
            List<Entry> entries = new ArrayList<>();
            long first = sequence + 1;
            for (int i = 0, count = 1 + random.nextInt(5); i < count; i++) {
                Entry entry = randomEntry(random, "id" + random.nextInt(2_000));
                entries.add(entry);
                LoggedEntry logged = new LoggedEntry(++sequence, entry);
                history.add(logged);
                model.put(entry.id(), logged);
            }
            memtable.add(first, new PlainBatch(entries));
        }

        model.forEach((id, newest) -> assertEquals(visible(newest), memtable.get(id, NOW), id));
        assertEquals(Optional.empty(), memtable.get("never put", NOW));
        TreeMap<Long, LoggedEntry> live = new TreeMap<>();
        model.values().forEach(newest -> visible(newest).ifPresent(entry -> live.put(entry.sequence(), entry)));
        assertEquals(List.copyOf(live.values()), drain(memtable.live(NOW)));
        assertEquals(
                model.values().stream()
                        .filter(e -> e.entry().operation() == Operation.PUT)
                        .count(),
                memtable.liveEntries());
        assertEquals(history.subList(999, history.size()), drain(memtable.from(1_000)));
    }

    @Test
    void aCursorSeesTheEntriesAsTheyWereWhenItWasOpened() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1)));
        LiveCursor before = memtable.live(NOW);

        memtable.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), Entry.vector("d", 2)));

        assertEquals(List.of("a@1", "b@2", "c@3"), names(drain(before)));
        assertEquals(List.of("c@3", "a@4", "d@6"), names(drain(memtable.live(NOW))));
    }

    @Test
    void anIdIsNeverMissingWhileItIsUpdated() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1)));
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long sequence = 3; sequence < 40_000; sequence += 2) {
                memtable.add(sequence, PlainBatch.of(Entry.vector("b", sequence), Entry.vector("a", sequence)));
            }
        });
        while (!writer.isDone()) {
            List<String> ids = drain(memtable.live(NOW)).stream()
                    .map(logged -> logged.entry().id())
                    .sorted()
                    .toList();
            assertEquals(List.of("a", "b"), ids);
            assertTrue(memtable.get("a", NOW).isPresent());
        }
        writer.join();
    }

    @Test
    void entriesWithoutAnIdAreNeverSuperseded() {
        memtable.add(1, PlainBatch.of(Entry.payload("", new byte[] {1}), Entry.payload("", new byte[] {2})));

        assertEquals(2, memtable.liveEntries());
        assertEquals(2, drain(memtable.live(NOW)).size());
        assertEquals(Optional.empty(), memtable.get("", NOW));
    }

    @Test
    void aBatchThatDoesNotFollowIsRefused() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1)));

        assertThrows(IllegalStateException.class, () -> memtable.add(2, PlainBatch.of(Entry.vector("c", 1))));
        assertEquals(2, memtable.lastSequence());
    }

    @Test
    void aReaderSkipsSequencesWhoseEntriesAreGone() {
        memtable.add(5, PlainBatch.of(Entry.vector("a", 1)));
        memtable.add(9, PlainBatch.of(Entry.vector("b", 1)));
        memtable.advanceTo(12);

        assertEquals(List.of("a@5", "b@9"), names(drain(memtable.from(1))));
        assertEquals(12, memtable.lastSequence());
    }

    @Test
    void theHistoryOfAnIdLeadsFromTheNewestVersionToTheOldest() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1)));
        memtable.add(3, PlainBatch.of(Entry.vector("a", 2), Entry.vector("a", 3)));
        memtable.add(5, PlainBatch.of(Entry.delete("a")));
        memtable.add(6, PlainBatch.of(Entry.vector("a", 4)));

        assertEquals(List.of("a@6", "a@5", "a@4", "a@3", "a@1"), names(memtable.history("a")));
        assertEquals(List.of("b@2"), names(memtable.history("b")));
        assertEquals(List.of(), memtable.history("c"));
        assertEquals(4, memtable.getAt("a", 4, NOW).orElseThrow().sequence());
        assertEquals(Optional.empty(), memtable.getAt("a", 5, NOW));
    }

    @Test
    void ofAStretchThatBeginsWithTheLogTheNewestVersionsOfLiveIdsAreKept() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1)));
        memtable.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), Entry.payload("", new byte[1])));
        memtable.add(7, PlainBatch.of(Entry.vector("a", 3), expired("c"), expired("")));
        memtable.add(10, PlainBatch.of(Entry.delete("a")));

        assertEquals(List.of("@6", "a@7"), names(drain(memtable.kept(new Keep(1, 9, 1, NOW)))));
        assertEquals(List.of("a@4", "@6", "a@7"), names(drain(memtable.kept(new Keep(1, 9, 2, NOW)))));
        assertEquals(List.of("@6"), names(drain(memtable.kept(new Keep(1, 10, 2, NOW)))));
    }

    @Test
    void ofAnotherStretchDeletesStayBecauseOfWhatIsBeforeIt() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1)));
        memtable.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), expired("c"), expired("")));
        memtable.add(8, PlainBatch.of(Entry.delete("a")));

        assertEquals(List.of("b@5", "c@6", "a@8"), names(drain(memtable.kept(new Keep(4, 8, 1, NOW)))));
        assertEquals(List.of("a@4", "b@5", "c@6"), names(drain(memtable.kept(new Keep(4, 7, 1, NOW)))));
    }

    @Test
    void withASinkDeletesStayAndWhatItHoldsLeaves() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1)));
        memtable.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), expired("c")));
        assertEquals(0, memtable.deletesBehind());
        memtable.sinkHolds(2);

        Keep keep = new Keep(1, 6, 1, NOW, memtable.sink());
        assertEquals(List.of("a@4", "b@5", "c@6"), names(drain(memtable.kept(keep))));
        Rebuild rebuild = memtable.rebuild(keep);
        rebuild.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), expired("c")));
        memtable.swap(rebuild);
        assertEquals(2, memtable.released());
        assertEquals(0, memtable.deletesBehind());
        assertFalse(memtable.knows("d"));
        assertTrue(memtable.knows("b"));
        assertThrows(PastUnavailableException.class, () -> memtable.from(2));
        assertEquals(List.of("a@4", "b@5", "c@6"), names(drain(memtable.from(1))));
    }

    @Test
    void withoutASinkItIsKnownUpToWhereDeletesHaveLeft() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.delete("a")));
        memtable.swap(memtable.rebuild(new Keep(1, 2, 1, NOW)));
        assertEquals(2, memtable.deletesBehind());
        memtable.add(3, PlainBatch.of(Entry.vector("b", 1), Entry.delete("b")));
        memtable.swap(memtable.rebuild(new Keep(3, 4, 1, NOW)));
        assertEquals(2, memtable.deletesBehind(), "behind a snapshot deletes are kept");
    }

    @Test
    void aStretchIsWhatASinkTakesOver() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1)));
        memtable.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), expired("d")));
        memtable.add(7, PlainBatch.of(Entry.vector("a", 3), Entry.vector("b", 2)));
        Present present = memtable.present(NOW);
        memtable.add(9, PlainBatch.of(Entry.delete("c")));

        assertEquals(List.of("c@3", "a@4"), names(drain(present.live(2, 6))));
        assertEquals(List.of("b", "d"), List.copyOf(ids(present.deleted(2, 6))));
        assertEquals(List.of("a@7", "b@8"), names(drain(present.live(6, 8))));
        assertEquals(List.of(), ids(present.deleted(6, 8)));
        assertEquals(8, present.upTo());
        assertEquals(6, present.end(2, 31), "the batch in which there are so many bytes, as a whole");
        assertEquals(3, present.end(2, 1));
        assertEquals(8, present.end(3, 1_000));
        assertTrue(present.changed("a", 6));
        assertFalse(present.changed("c", 3), "it changed later");
        List<String> changed = new ArrayList<>();
        present.changed(5, changed::add);
        assertEquals(List.of("d", "a", "b"), changed);
    }

    private static List<String> ids(Iterable<String> ids) {
        List<String> all = new ArrayList<>();
        ids.forEach(all::add);
        return all;
    }

    @Test
    void deadBytesAreThoseOfWhatIsNotKept() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1), Entry.vector("c", 1)));
        assertEquals(0, memtable.deadBytes(new Keep(1, 3, 1, NOW), 1));
        memtable.add(4, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), expired("d")));

        assertEquals(40, memtable.deadBytes(new Keep(1, 6, 1, NOW), 40));
        assertEquals(30, memtable.deadBytes(new Keep(1, 6, 2, NOW), 1));
        assertEquals(0, memtable.deadBytes(new Keep(1, 6, 1, NOW), 41), "certainly fewer");
    }

    @Test
    void whatIsNotKeptLeavesAndReadersThatHaveBegunGoOn() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1)));
        memtable.add(3, PlainBatch.of(Entry.vector("a", 2), Entry.delete("b"), Entry.vector("c", 1)));
        LiveCursor live = memtable.live(NOW);
        SequenceCursor all = memtable.from(1);
        assertEquals(1, all.next().orElseThrow().sequence());

        Keep keep = new Keep(1, 5, 1, NOW);
        Rebuild rebuild = memtable.rebuild(keep);
        rebuild.add(3, PlainBatch.of(Entry.vector("a", 2)));
        rebuild.add(5, PlainBatch.of(Entry.vector("c", 1)));
        memtable.add(6, PlainBatch.of(Entry.vector("c", 2), Entry.vector("d", 1)));
        rebuild.catchUp();
        memtable.add(8, PlainBatch.of(Entry.delete("d"), Entry.vector("e", 1)));
        memtable.swap(rebuild);
        memtable.add(10, PlainBatch.of(Entry.vector("e", 2)));

        assertEquals(List.of("a@3", "c@5"), names(drain(live)));
        assertEquals(List.of("b@2", "a@3", "b@4", "c@5", "c@6", "d@7", "d@8", "e@9", "e@10"), names(drain(all)));
        assertEquals(List.of("a@3", "c@5", "c@6", "d@7", "d@8", "e@9", "e@10"), names(drain(memtable.from(1))));
        assertEquals(List.of("a@3", "c@6", "e@10"), names(drain(memtable.live(NOW))));
        assertEquals(List.of("a@3"), names(memtable.history("a")));
        assertEquals(List.of("c@6", "c@5"), names(memtable.history("c")));
        assertEquals(3, memtable.liveEntries());
        assertEquals(80, memtable.batchBytes() + 10, "two of nine entries left, one came");
    }

    @Test
    void aStretchInTheMiddleIsExchanged() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1)));
        memtable.add(2, PlainBatch.of(Entry.vector("a", 2)));
        memtable.add(3, PlainBatch.of(Entry.vector("a", 3)));
        memtable.add(4, PlainBatch.of(Entry.vector("a", 4)));

        Rebuild rebuild = memtable.rebuild(new Keep(2, 3, 1, NOW));
        rebuild.add(3, PlainBatch.of(Entry.vector("a", 3)));
        memtable.swap(rebuild);

        assertEquals(List.of("a@1", "a@3", "a@4"), names(drain(memtable.from(1))));
        assertEquals(List.of("a@4", "a@3", "a@1"), names(memtable.history("a")));
        assertThrows(IllegalStateException.class, () -> memtable.swap(rebuild));
    }

    @Test
    void readsAreRightWhileTheContentIsExchanged() {
        memtable.add(1, PlainBatch.of(Entry.vector("a", 1), Entry.vector("b", 1)));
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long sequence = 3; sequence < 20_000; sequence += 2) {
                memtable.add(sequence, PlainBatch.of(Entry.vector("b", sequence), Entry.vector("a", sequence)));
                if (sequence % 51 == 0) {
                    exchange(new Keep(1, sequence + 1, 1, NOW));
                }
            }
        });
        SequenceCursor follower = memtable.from(1);
        long seen = 0;
        while (!writer.isDone()) {
            assertEquals(2, drain(memtable.live(NOW)).size());
            assertTrue(memtable.get("a", NOW).isPresent());
            for (LoggedEntry logged : drain(follower)) {
                assertTrue(logged.sequence() > seen);
                seen = logged.sequence();
            }
        }
        writer.join();
        for (LoggedEntry logged : drain(follower)) {
            assertTrue(logged.sequence() > seen);
            seen = logged.sequence();
        }
        assertEquals(memtable.lastSequence(), seen);
    }

    private void exchange(Keep keep) {
        Rebuild rebuild = memtable.rebuild(keep);
        LiveCursor kept = memtable.kept(keep);
        while (kept.next()) {
            rebuild.add(kept.sequence(), PlainBatch.of(kept.entry()));
        }
        memtable.swap(rebuild);
    }

    private static Entry expired(String id) {
        Entry put = id.isEmpty() ? Entry.payload("", new byte[1]) : Entry.vector(id, 1);
        return put.withExpiry(Instant.ofEpochMilli(NOW - 1));
    }

    private static Entry randomEntry(Random random, String id) {
        if (random.nextInt(5) == 0) {
            return Entry.delete(id);
        }
        Entry put = Entry.vector(id, random.nextFloat());
        return random.nextInt(5) == 0 ? put.withExpiry(Instant.ofEpochMilli(NOW - 5 + random.nextInt(10))) : put;
    }

    private static Optional<LoggedEntry> visible(LoggedEntry newest) {
        boolean dead =
                newest.entry().operation() == Operation.DELETE || newest.entry().expired(NOW);
        return dead ? Optional.empty() : Optional.of(newest);
    }

    private static List<LoggedEntry> drain(LiveCursor cursor) {
        List<LoggedEntry> all = new ArrayList<>();
        while (cursor.next()) {
            all.add(new LoggedEntry(cursor.sequence(), cursor.entry()));
        }
        return all;
    }

    private static List<LoggedEntry> drain(SequenceCursor cursor) {
        List<LoggedEntry> all = new ArrayList<>();
        for (Optional<LoggedEntry> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static List<String> names(List<LoggedEntry> entries) {
        return entries.stream().map(e -> e.entry().id() + "@" + e.sequence()).toList();
    }
}
