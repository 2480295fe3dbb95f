package org.seawall.core.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
