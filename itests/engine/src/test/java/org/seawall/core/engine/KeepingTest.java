package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.PastUnavailableException;
import org.seawall.PointInTime;
import org.seawall.Recovery.Verdict;
import org.seawall.SequenceRange;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;

/** What becomes of old entries: versions, compaction, the archive, and the way back into it. */
class KeepingTest {
    private static final Retention TWO_VERSIONS = new Retention(2, 0, 4, 1 << 20, 50, 100);
    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 100, TWO_VERSIONS);

    @TempDir
    Path directory;

    private final TickingClock clock = new TickingClock();
    private Logs logs;

    @BeforeEach
    void open() {
        logs = new Logs(directory);
    }

    @AfterEach
    void close() {
        logs.close();
    }

    private Session session(WriteStrategy strategy, EngineSettings settings, Clock time) {
        Backend backend = new Backend(Logs.files(), strategy, Logs.AVRO, List.of(Logs.AVRO, Logs.PROTOBUF), time);
        return new Session(backend, settings, Runnable::run, "test");
    }

    private Session session() {
        return session(new AppendStrategy(), SETTINGS, clock);
    }

    private BatchLog create() throws IOException {
        return BatchLog.create(session(), logs.layout());
    }

    private BatchLog reopen() {
        return Logs.opened(BatchLog.open(session(), logs.layout()));
    }

    private Opening.Refused refused() {
        return (Opening.Refused) BatchLog.open(session(), logs.layout());
    }

    private static Entry put(String id, float value) {
        return Entry.vector(id, value);
    }

    private static List<String> names(List<LoggedEntry> entries) {
        return entries.stream()
                .map(logged -> (logged.entry().operation() == Operation.DELETE ? "-" : "")
                        + logged.entry().id() + "@" + logged.sequence())
                .toList();
    }

    private static List<String> names(CollectionView view) {
        List<LoggedEntry> all = new ArrayList<>();
        for (Iterator<LoggedEntry> entries = view.entries(); entries.hasNext(); ) {
            all.add(entries.next());
        }
        return names(all);
    }

    private List<String> files(String under) throws IOException {
        Path root = directory.resolve("c1").resolve(under);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replaceAll("_\\d{14}", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRunFromTheBeginLosesWhatIsDeadAndItsSegmentsAreArchived() throws Exception {
        try (BatchLog log = create()) {
            logs.append(log, put("a", 1), put("b", 1), put("c", 1));
            log.roll();
            logs.append(log, put("a", 2), Entry.delete("b"));
            log.roll();
            logs.append(log, put("a", 3));
            assertEquals(6, log.compact());
            assertEquals(List.of("c@3", "a@4", "a@6"), names(Logs.all(log)));
            assertEquals(List.of("a@6", "a@4"), names(log.memtable().history("a")));
            assertEquals(List.of(), log.memtable().history("b"));
            logs.append(log, put("d", 1));
        }
        assertEquals(List.of("compacted_00000001_00000003.avro"), files("segments"));
        assertEquals(List.of("wal_00000001.avro", "wal_00000002.avro", "wal_00000003.avro"), files("archive"));
        try (BatchLog log = reopen()) {
            assertEquals(Verdict.COMPLETE, log.recovery().verdict());
            assertEquals(List.of("c@3", "a@4", "a@6", "d@7"), names(Logs.all(log)));
            assertEquals(List.of("a@6", "a@4"), names(log.memtable().history("a")));
            assertEquals(new SequenceRange(8, 8), logs.append(log, put("e", 1)));
        }
    }

    @Test
    void aRunBehindASnapshotKeepsItsDeletes() throws Exception {
        try (BatchLog log = create()) {
            logs.append(log, put("a", 1), put("b", 1));
            log.snapshot();
            logs.append(log, Entry.delete("a"), put("c", 1), put("c", 2), put("c", 3));
            log.roll();
            logs.append(log, put("d", 1));
            log.compact();
            assertFalse(log.memtable().get("a", 0).isPresent());
        }
        try (BatchLog log = reopen()) {
            assertFalse(log.memtable().get("a", 0).isPresent());
            assertEquals(List.of("a@1", "b@2", "-a@3", "c@5", "c@6", "d@7"), names(Logs.all(log)));
            log.snapshot();
            assertEquals(List.of("b@2", "c@5", "c@6", "d@7"), names(Logs.all(log)));
            assertEquals(List.of(), log.memtable().history("a"));
        }
        try (BatchLog log = reopen()) {
            assertEquals(List.of("b@2", "c@5", "c@6", "d@7"), names(Logs.all(log)));
        }
    }

    @Test
    void whatWasMergedIsMergedAgain() throws Exception {
        try (BatchLog log = create()) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 4; i++) {
                    logs.append(log, put("a", i), put("x" + round + i, i));
                    log.roll();
                }
                assertTrue(log.compactSmall());
            }
            assertFalse(log.compactSmall());
        }
        assertEquals(List.of("compacted_00000001_00000012.avro"), files("segments"));
        try (BatchLog log = reopen()) {
            assertEquals(13, log.memtable().liveEntries());
            assertEquals(List.of("a@23", "a@21"), names(log.memtable().history("a")));
        }
    }

    /** Small segments are merged while the active one holds batches, of this opening and of the one before. */
    @Test
    void whatIsInTheActiveSegmentIsNotSaidToBeInTheRunBeforeIt() throws Exception {
        try (BatchLog log = create()) {
            for (int i = 0; i < 5; i++) {
                logs.append(log, put("a" + i, i));
                log.roll();
            }
            logs.append(log, put("active", 1));
        }
        try (BatchLog log = reopen()) {
            logs.append(log, put("more", 1));
            assertTrue(log.compactSmall());
            logs.append(log, put("last", 1));
        }
        assertEquals(List.of("compacted_00000001_00000005.avro"), files("segments"));
        try (BatchLog log = reopen()) {
            assertEquals(
                    List.of("a0@1", "a1@2", "a2@3", "a3@4", "a4@5", "active@6", "more@7", "last@8"),
                    names(Logs.all(log)));
        }
    }

    @Test
    void smallSegmentsInTheMiddleAreMergedAndLargeOnesLeftAlone() throws Exception {
        EngineSettings settings =
                new EngineSettings(1 << 20, 0, 1 << 20, 100, new Retention(1, 0, 3, 5_000, 50, 1 << 20));
        Session session = session(new AppendStrategy(), settings, clock);
        byte[] large = new byte[6_000];
        try (BatchLog log = BatchLog.create(session, logs.layout())) {
            for (int i = 1; i <= 9; i++) {
                boolean isLarge = i == 2 || i == 7;
                logs.append(log, put("a", i), put("id" + i, i).withPayload(isLarge ? large : new byte[1]));
                log.roll();
            }
            assertTrue(log.compactSmall());
            assertFalse(log.compactSmall(), "two small ones are not enough");
        }
        assertEquals(
                List.of(
                        "compacted_00000003_00000006.avro",
                        "wal_00000001.avro",
                        "wal_00000002.avro",
                        "wal_00000007.avro",
                        "wal_00000008.avro",
                        "wal_00000009.avro"),
                files("segments"));
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            assertEquals(10, log.memtable().liveEntries());
            log.compact();
        }
        assertEquals(List.of("compacted_00000001_00000009.avro"), files("segments"));
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            assertEquals(10, Logs.all(log).size());
        }
    }

    @Test
    void thousandsOfObjectsBecomeOne() throws Exception {
        EngineSettings settings =
                new EngineSettings(1 << 24, 0, 1 << 20, 1, new Retention(1, 0, 1_000, 1 << 20, 50, 1 << 20));
        Session session = session(new ObjectStrategy(), settings, clock);
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            for (int i = 0; i < 1_300; i++) {
                logs.append(log, put("id" + i % 1_000, i));
            }
            assertTrue(log.compactSmall());
            assertFalse(log.compactSmall());
            logs.append(log, put("last", 1));
        }
        assertEquals(2, files("segments").size());
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            assertEquals(2, log.recovery().segments());
            assertEquals(1_001, log.memtable().liveEntries());
            assertEquals(
                    1_299f, log.memtable().get("id299", 0).orElseThrow().entry().vector()[0]);
            assertEquals(new SequenceRange(1_302, 1_302), logs.append(log, put("next", 1)));
        }
    }

    @Test
    void segmentsThatACrashKeptFromTheArchiveAreArchivedAtTheNextStart() throws Exception {
        Path kept = Files.createDirectories(directory.resolve("kept"));
        try (BatchLog log = create()) {
            for (int i = 0; i < 4; i++) {
                logs.append(log, put("a", i));
                log.roll();
                copy(logs.segments(), kept);
                if (i == 1) {
                    log.compact();
                    copy(logs.segments(), kept);
                }
            }
            log.compact();
        }
        copy(kept, logs.segments());
        assertEquals(6, files("segments").size());
        try (BatchLog log = reopen()) {
            assertEquals(List.of("a@3", "a@4"), names(Logs.all(log)));
        }
        assertEquals(List.of("compacted_00000001_00000004.avro"), files("segments"));
    }

    @Test
    void aMissingRunIsAGapAndOneThatDoesNotFitIsRefused() throws Exception {
        try (BatchLog log = create()) {
            for (int i = 0; i < 6; i++) {
                logs.append(log, put("id" + i, i));
                log.roll();
                if (i == 2) {
                    log.compact();
                }
            }
        }
        Path run = find("compacted_00000001_00000003");
        Path renamed = logs.segments().resolve("compacted_00000001_00000004_20250628142000.avro");
        Files.move(run, renamed);
        assertEquals(Verdict.CORRUPT, refused().report().verdict());
        assertTrue(refused().report().detail().startsWith("compacted run ends elsewhere"), refused()::toString);
        Files.delete(renamed);
        assertEquals(Verdict.GAP, refused().report().verdict());
        assertTrue(
                refused().report().detail().contains("wal_00000001"),
                refused().report().detail());
    }

    @Test
    void aRunBehindAGapIsNotForgotten() throws Exception {
        Session session = session(new ObjectStrategy(), SETTINGS, clock);
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            logs.append(log, put("a", 1));
            log.snapshot();
            logs.append(log, put("b", 1));
            logs.append(log, put("c", 1));
            log.compact();
        }
        Files.delete(directory.resolve("c1/snapshots/vectors_snapshot.avro"));
        Opening.Refused refused = (Opening.Refused) BatchLog.open(session, logs.layout());
        assertEquals(Verdict.GAP, refused.report().verdict());
    }

    @Test
    void aSnapshotOfALogThatWasOnlyOpenedIsReadBack() throws Exception {
        try (BatchLog log = create()) {
            logs.append(log, put("a", 1));
            log.roll();
        }
        for (int i = 0; i < 3; i++) {
            try (BatchLog log = reopen()) {
                assertEquals(1, i == 1 ? log.compact() : log.snapshot());
                assertEquals(List.of("a@1"), names(Logs.all(log)));
            }
        }
    }

    @Test
    void generationsOfOneSecondHaveNamesOfTheirOwn() throws Exception {
        Clock still = Clock.fixed(Instant.parse("2025-06-28T15:00:00Z"), ZoneOffset.UTC);
        Session session = session(new AppendStrategy(), SETTINGS, still);
        try (BatchLog log = BatchLog.create(session, logs.layout())) {
            for (int i = 0; i < 12; i++) {
                logs.append(log, put("a", i));
                log.snapshot();
            }
        }
        try (Stream<Path> generations = Files.list(directory.resolve("c1/archive"))) {
            List<String> names = generations
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
            assertEquals(12, names.size());
            assertEquals("20250628_150000", names.get(0));
            assertEquals("20250628_150000_12", names.get(11));
        }
        assertEquals(12 + 11, files("archive").size());
    }

    @Test
    void theArchiveIsPrunedByAge() throws Exception {
        Retention forAMinute = new Retention(1, 60_000, 0, 0, 0, 0);
        EngineSettings settings = new EngineSettings(1 << 20, 0, 1 << 20, 100, forAMinute);
        Session then = session(new AppendStrategy(), settings, Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC));
        try (BatchLog log = BatchLog.create(then, logs.layout())) {
            logs.append(log, put("a", 1));
            log.snapshot();
        }
        for (int later : List.of(60, 61)) {
            Clock time = Clock.fixed(Logs.FOUNDED.plusSeconds(later), ZoneOffset.UTC);
            Session session = session(new AppendStrategy(), settings, time);
            try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
                log.pruneArchive();
            }
            assertEquals(later == 60 ? 1 : 0, files("archive").size());
        }
    }

    @Test
    void deadEntriesLeaveTheMemoryWithASnapshot() throws Exception {
        try (BatchLog log = create()) {
            for (int i = 0; i < 100; i++) {
                logs.append(log, put("a", i).withPayload(new byte[1_000]));
            }
            long full = log.memtable().batchBytes();
            assertTrue(log.needsCleaning());
            log.snapshot();
            assertFalse(log.needsCleaning());
            long cleaned = log.memtable().batchBytes();
            assertTrue(cleaned < full / 40, () -> full + " bytes, then " + cleaned);
        }
    }

    @Test
    void compactionsRunWhileWritesGoOn() throws Exception {
        Map<String, Float> newest = new HashMap<>();
        Session session = logs.session(Logs.files(), new EngineSettings(3_000, 0, 1 << 20, 3, TWO_VERSIONS));
        try (BatchLog log = BatchLog.create(session, logs.layout())) {
            CompletableFuture<Void> upkeep = CompletableFuture.runAsync(() -> {
                for (int i = 0; log.memtable().lastSequence() < 1_500; i++) {
                    if (i % 3 == 0) {
                        log.snapshot();
                    } else {
                        log.compact();
                    }
                }
            });
            for (int i = 0; i < 1_000; i++) {
                logs.append(log, put("id" + i % 97, i), put("other" + i % 31, i));
                newest.put("id" + i % 97, (float) i);
                newest.put("other" + i % 31, (float) i);
                assertEquals(
                        i,
                        log.memtable()
                                .get("id" + i % 97, 0)
                                .orElseThrow()
                                .entry()
                                .vector()[0]);
            }
            upkeep.join();
            expectNewest(newest, log);
        }
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            assertEquals(2_000, log.memtable().lastSequence());
            expectNewest(newest, log);
        }
    }

    private static void expectNewest(Map<String, Float> newest, BatchLog log) {
        assertEquals(newest.size(), log.memtable().liveEntries());
        newest.forEach((id, value) -> assertEquals(
                value, log.memtable().get(id, 0).orElseThrow().entry().vector()[0], id));
    }

    @Test
    void everyPointOfTheLogsLifeCanBeSeenAgain() throws Exception {
        TreeMap<Long, List<String>> then = new TreeMap<>();
        TreeMap<Long, Instant> moments = new TreeMap<>();
        try (BatchLog log = create()) {
            note(log, then, moments);
            for (int i = 0; i < 40; i++) {
                logs.append(log, put("id" + i % 7, i), i % 3 == 0 ? Entry.delete("id" + i % 5) : put("x" + i % 4, i));
                note(log, then, moments);
                if (i % 4 == 3) {
                    log.roll();
                }
                if (i % 9 == 8) {
                    log.compact();
                }
                if (i % 15 == 14) {
                    log.snapshot();
                }
            }
            for (Map.Entry<Long, List<String>> point : then.entrySet()) {
                expect(point.getValue(), log, PointInTime.atSequence(point.getKey()), point.getKey());
                Instant moment = moments.get(point.getKey());
                expect(point.getValue(), log, PointInTime.atMoment(moment), point.getKey());
            }
            expect(then.lastEntry().getValue(), log, PointInTime.atSequence(1_000), 80);
        }
    }

    private void note(BatchLog log, Map<Long, List<String>> then, Map<Long, Instant> moments) {
        List<LoggedEntry> live = new ArrayList<>();
        var cursor = log.memtable().live(0);
        while (cursor.next()) {
            live.add(new LoggedEntry(cursor.sequence(), cursor.entry()));
        }
        then.put(log.memtable().lastSequence(), names(live));
        moments.put(log.memtable().lastSequence(), clock.instant());
    }

    private static void expect(List<String> expected, BatchLog log, PointInTime at, long sequence) {
        try (CollectionView view = log.view(at, bytes -> {})) {
            assertEquals(expected, names(view), at::toString);
            assertEquals(sequence, view.sequence(), at::toString);
            for (String name : expected) {
                assertTrue(view.get(name.substring(0, name.indexOf('@'))).isPresent(), at::toString);
            }
        }
    }

    @Test
    void aViewEndsInTheMiddleOfABatchAndHidesWhatHadExpired() throws Exception {
        Instant soon = Instant.ofEpochSecond(Logs.FOUNDED.getEpochSecond() + 1_000);
        try (BatchLog log = create()) {
            logs.append(log, put("a", 1), put("a", 2), put("b", 1).withExpiry(soon), Entry.delete("a"));
            CollectionView view = log.view(PointInTime.atSequence(3), bytes -> {});
            assertEquals(List.of("a@2", "b@3"), names(view));
            assertEquals(2f, view.get("a").orElseThrow().entry().vector()[0]);
            try (CollectionView later = log.view(PointInTime.atMoment(soon), bytes -> {})) {
                assertEquals(List.of(), names(later));
                assertEquals(4, later.sequence());
            }
            view.close();
            assertThrows(LogClosedException.class, () -> view.get("a"));
        }
    }

    @Test
    void whatTheArchiveHasLostIsRefusedWithTheOldestPointThatIsThere() throws Exception {
        EngineSettings settings = new EngineSettings(1 << 20, 0, 1 << 20, 1, TWO_VERSIONS);
        try (BatchLog log = BatchLog.create(session(new AppendStrategy(), settings, clock), logs.layout())) {
            Instant begin = clock.instant();
            for (int i = 1; i <= 3; i++) {
                logs.append(log, put("a", i), put("b", i));
                log.snapshot();
            }
            logs.append(log, put("a", 4));
            PastUnavailableException refused = assertThrows(
                    PastUnavailableException.class, () -> log.view(PointInTime.atSequence(3), bytes -> {}));
            assertEquals(4, refused.oldestSequence(), refused::getMessage);
            expect(List.of("a@3", "b@4"), log, PointInTime.atSequence(4), 4);
            expect(List.of("b@4", "a@5"), log, PointInTime.atSequence(5), 5);
            assertEquals(
                    4,
                    assertThrows(
                                    PastUnavailableException.class,
                                    () -> log.view(PointInTime.atMoment(begin), bytes -> {}))
                            .oldestSequence());
        }
    }

    @Test
    void aViewIsRefusedBeforeItIsReadIfThereIsNoRoom() throws Exception {
        try (BatchLog log = create()) {
            logs.append(log, put("a", 1).withPayload(new byte[10_000]));
            assertThrows(
                    IllegalStateException.class,
                    () -> log.view(PointInTime.atSequence(1), bytes -> {
                        assertTrue(bytes > 10_000, () -> "bytes=" + bytes);
                        throw new IllegalStateException("no room");
                    }));
        }
    }

    private Path find(String begin) throws IOException {
        try (Stream<Path> all = Files.list(logs.segments())) {
            return all.filter(file -> file.getFileName().toString().startsWith(begin))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(file.getFileName());
                if (Files.notExists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** As on a disk that fills up: the directory of a copy is made, and then there is no room for the copy. */
    @Test
    void whatACopyThatFailedLeavesIsNoArchive() throws Exception {
        EngineSettings settings = new EngineSettings(1 << 20, 0, 1 << 20, 2, TWO_VERSIONS);
        long end;
        try (BatchLog log = BatchLog.create(session(new AppendStrategy(), settings, clock), logs.layout())) {
            logs.append(log, put("a", 1));
            log.snapshot();
            logs.append(log, put("b", 1));
            end = log.activeBytes();
            logs.append(log, put("c", 1));
        }
        Files.write(logs.active(), Arrays.copyOf(Files.readAllBytes(logs.active()), (int) end + 33));
        for (int opening = 0; opening < 3; opening++) {
            Clock moment = Clock.fixed(clock.instant(), ZoneOffset.UTC);
            FaultyFileSystem full = new FaultyFileSystem(Logs.files(), 0);
            full.hook(operation -> {
                if (operation.startsWith("create torn_")) {
                    Files.createDirectories(Path.of(
                            Archive.generation(logs.layout(), moment.instant()).path()));
                    throw new IOException("no space left on device");
                }
            });
            Backend backend = new Backend(full, new AppendStrategy(), Logs.AVRO, List.of(Logs.AVRO), moment);
            Session session = new Session(backend, settings, Runnable::run, "test");
            assertInstanceOf(Opening.Refused.class, BatchLog.open(session, logs.layout()));
        }
        try (BatchLog log = Logs.opened(BatchLog.open(session(new AppendStrategy(), settings, clock), logs.layout()))) {
            log.pruneArchive();
        }
        List<String> archived = files("archive");
        assertEquals(2, archived.size(), archived::toString);
        assertTrue(archived.contains("wal_00000001.avro"), archived::toString);
        try (Stream<Path> generations = Files.list(directory.resolve("c1/archive"))) {
            assertEquals(2, generations.count(), "the empty ones are gone");
        }
    }
}
