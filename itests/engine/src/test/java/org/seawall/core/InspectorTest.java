package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.inspection.Copy;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.LogPlace;
import org.seawall.inspection.LogReport;
import org.seawall.inspection.Repair;
import org.seawall.inspection.RepairOptions;
import org.seawall.inspection.Verdict;
import org.seawall.inspection.Verification;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.MemoryFileSystem;

/** A whole log is verified, repaired, copied and read by its URL, with the real file system and serializer. */
class InspectorTest {
    private static final Map<Setting, Long> SETTINGS =
            Map.of(Setting.SNAPSHOT_BYTES, 0L, Setting.ARCHIVES, 4L, Setting.COMPACT_SEGMENTS, 0L);
    private static final Limits LIMITS = new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000);
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 20);
    private static final RepairOptions PLAIN = new RepairOptions(Optional.empty(), false, false, false);

    @TempDir
    Path home;

    private final FileSystem disk = new LocalFileSystem(4096);
    private final FileSystem memory = new MemoryFileSystem();
    private final InspectorComponent inspector = new InspectorComponent();
    private LogPlace place;
    private OpenLog log;
    private boolean open;

    @BeforeEach
    void open() throws Exception {
        inspector.bindFileSystem(disk, Map.of(FileSystem.SCHEMES, new String[] {"file"}));
        inspector.bindFileSystem(memory, Map.of(FileSystem.SCHEMES, new String[] {"memory"}));
        inspector.bindSerializer(SERIALIZER, Map.of());
        place = LogPlace.of(home.resolve("wal").toString());
        log = opened(disk, place);
        open = true;
        log.catalog().create(CollectionSpec.payloads("a"));
        log.catalog().create(CollectionSpec.payloads("b"));
        for (int i = 0; i < 10; i++) {
            append("a", "a" + i);
            append("b", "b" + i);
            if (i % 3 == 2) {
                log.roll("a");
            }
            if (i == 5) {
                log.snapshot("b");
            }
        }
    }

    @AfterEach
    void close() {
        shut();
    }

    /** A log is closed once. */
    private void shut() {
        if (open) {
            open = false;
            log.close();
        }
    }

    private static OpenLog opened(FileSystem files, LogPlace place) throws IOException {
        LogSettings settings = new LogSettings(
                "test",
                new StorageSettings(place.urls(), Location.parse(place.catalogUrl()), StorageSettings.AUTO, 2, 2),
                SERIALIZER.format(),
                CollectionSettings.of(SETTINGS),
                LIMITS,
                new RecoverySettings(2, 4, 1 << 20, 10_000));
        Binding binding = Binding.ofOne(files, new AppendStrategy(), new ObjectStrategy(), SERIALIZER);
        return OpenLog.open(settings, binding);
    }

    private void append(String collection, String id) {
        log.append(collection, List.of(Entry.payload(id, id.getBytes(StandardCharsets.UTF_8))))
                .join();
    }

    private Verification verify() {
        return inspector.verify(place, Optional.empty(), InspectionProgress.NONE);
    }

    private Repair repair(RepairOptions options) {
        return inspector.repair(place, options, InspectionProgress.NONE);
    }

    private static List<String> ids(OpenLog log, String collection) {
        List<String> ids = new ArrayList<>();
        try (LogReader reader = log.read(collection, 1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                ids.add(next.get().sequence() + " " + next.get().entry().id());
            }
        }
        return ids;
    }

    /** The services that it uses are waited for by whoever takes them away. */
    @Test
    void aFileSystemThatGoesIsGivenBackBehindTheInspection() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread inspection = new Thread(() -> {
            inspector.read(place, "a", false, batch -> {
                reading.countDown();
                awaitLatch(go);
                order.add("read");
            });
        });
        inspection.start();
        awaitLatch(reading);
        Thread taken = new Thread(() -> {
            inspector.unbindFileSystem(disk);
            order.add("unbound");
        });
        taken.start();
        while (taken.getState() != Thread.State.TIMED_WAITING && taken.isAlive()) {
            Thread.onSpinWait();
        }
        // no longer found by who comes now, and in use by who was there before
        assertThrows(LogUnavailableException.class, this::verify);
        go.countDown();
        inspection.join();
        taken.join();
        assertEquals("unbound", order.get(order.size() - 1), order::toString);
        assertTrue(order.contains("read"), order::toString);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Path segment(String collection, int index) throws IOException {
        String id = log.catalog().find(collection).orElseThrow().id().toString();
        try (Stream<Path> files = Files.list(home.resolve("wal").resolve(id).resolve("segments"))) {
            return files.sorted().toList().get(index);
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length - 30] ^= 1;
        Files.write(file, content);
    }

    @Test
    void anOpenLogIsVerifiedByItsUrlAndByNameAndTheClosedOneToo() {
        assertEquals(Verdict.COMPLETE, verify().verdict(), () -> verify().toString());
        shut();
        Verification closed = verify();
        assertEquals(Verdict.COMPLETE, closed.verdict(), closed::toString);
        assertEquals(
                List.of("a", "b"),
                closed.collections().stream().map(LogReport::name).toList());
        assertEquals(10, closed.collections().get(0).lastSequence());
        assertEquals(
                List.of("b"),
                inspector.verify(place, Optional.of("b"), InspectionProgress.NONE).collections().stream()
                        .map(LogReport::name)
                        .toList());
        assertThrows(
                CollectionNotFoundException.class,
                () -> inspector.verify(place, Optional.of("c"), InspectionProgress.NONE));
        assertThrows(
                LogUnavailableException.class,
                () -> inspector.verify(LogPlace.of("nowhere:/x"), Optional.empty(), InspectionProgress.NONE));
    }

    @Test
    void whereTheCatalogIsDamagedTheDirectoriesAreVerifiedByTheirHeaders() throws Exception {
        shut();
        try (Stream<Path> files = Files.walk(home.resolve("wal/catalog"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".avro"))
                    .toList()) {
                Files.write(file, new byte[3]);
            }
        }
        Verification found = verify();
        assertEquals(Verdict.CORRUPT, found.catalog().verdict());
        assertEquals(2, found.collections().size());
        for (LogReport collection : found.collections()) {
            assertEquals(Verdict.COMPLETE, collection.verdict(), collection::toString);
            assertEquals(10, collection.lastSequence());
        }
        List<LoggedEntry> read = new ArrayList<>();
        assertEquals(
                Optional.empty(),
                inspector.read(place, found.collections().get(0).id(), false, read::addAll));
        assertEquals(10, read.size());
    }

    @Test
    void anOpenLogIsNotRepairedAndItsHolderIsNamed() {
        LogUnavailableException refused = assertThrows(LogUnavailableException.class, () -> repair(PLAIN));
        assertTrue(refused.getMessage().contains("log test"), refused.getMessage());
    }

    @Test
    void damageIsLeftWithoutAFlagAndGivenUpWithIt() throws Exception {
        Path damaged = segment("a", 1);
        shut();
        flip(damaged);
        Repair left = repair(PLAIN);
        assertEquals(List.of(), left.steps());
        assertTrue(left.left().get(0).contains("--truncate gives up 4 batches with 4 entries"), left::toString);
        RepairOptions truncating = new RepairOptions(Optional.of("a"), true, false, true);
        byte[] before = Files.readAllBytes(damaged);
        assertEquals(1, repair(truncating).steps().size());
        assertTrue(Files.exists(damaged) && Arrays.equals(before, Files.readAllBytes(damaged)));
        assertEquals(Verdict.CORRUPT, verify().verdict());

        Repair done = repair(new RepairOptions(Optional.of("a"), true, false, false));
        assertEquals(List.of(), done.left());
        assertEquals(Verdict.COMPLETE, verify().verdict(), () -> verify().toString());
        log = opened(disk, place);
        open = true;
        assertEquals(List.of("1 a0", "2 a1", "3 a2", "4 a3", "5 a4"), ids(log, "a"));
        assertEquals(Verdict.COMPLETE, verify().verdict());
    }

    @Test
    void aDirectoryThatNobodyNamesIsAnOrphanAndIsMovedAside() throws Exception {
        String id = log.catalog().find("b").orElseThrow().id().toString();
        log.catalog().drop("b");
        shut();
        Path orphan = home.resolve("wal").resolve(id);
        Files.createDirectories(orphan);
        Files.write(orphan.resolve("wal_current.avro"), new byte[] {1, 2, 3});
        assertTrue(verify().collections().get(1).orphan());
        assertEquals(1, repair(PLAIN).left().size());
        repair(new RepairOptions(Optional.empty(), false, true, false));
        assertTrue(Files.notExists(orphan));
        assertEquals(Verdict.COMPLETE, verify().verdict());
        try (Stream<Path> files = Files.walk(home.resolve("wal/repair"))) {
            assertTrue(files.anyMatch(file -> file.endsWith(Path.of(id, "wal_current.avro"))));
        }
    }

    @Test
    void anOpenLogIsCopiedIntoMemoryAndTheCopyOpensWithTheSame() throws Exception {
        LogPlace target = LogPlace.of("memory:/copy");
        Copy copy = inspector.copy(place, target, InspectionProgress.NONE);
        assertEquals(2, copy.collections());
        assertEquals(0, copy.kept());
        try (OpenLog copied = opened(memory, target)) {
            assertEquals(ids(log, "a"), ids(copied, "a"));
            assertEquals(ids(log, "b"), ids(copied, "b"));
            LogUnavailableException locked = assertThrows(
                    LogUnavailableException.class, () -> inspector.copy(place, target, InspectionProgress.NONE));
            assertTrue(locked.getMessage().contains("locked"), locked.getMessage());
        }
    }

    @Test
    void aCopyThatIsRepeatedKeepsWhatIsEqualAndTakesWhatIsNew() throws Exception {
        LogPlace target = LogPlace.of(home.resolve("copy").toString());
        Copy first = inspector.copy(place, target, InspectionProgress.NONE);
        Copy again = inspector.copy(place, target, InspectionProgress.NONE);
        assertEquals(first.files(), again.kept());
        append("a", "new");
        log.snapshot("a");
        append("a", "newer");
        log.catalog().create(CollectionSpec.payloads("c"));
        Copy third = inspector.copy(place, target, InspectionProgress.NONE);
        assertEquals(3, third.collections());
        log.catalog().drop("b");
        LogUnavailableException other = assertThrows(
                LogUnavailableException.class, () -> inspector.copy(place, target, InspectionProgress.NONE));
        assertTrue(other.getMessage().contains("target holds another log, collection=b"), other.getMessage());
        shut();
        try (OpenLog copied = opened(disk, target)) {
            assertEquals("12 newer", ids(copied, "a").get(11));
            assertEquals(List.of(), ids(copied, "c"));
        }
    }

    @Test
    void aTargetThatWasWrittenToSinceAnEarlierCopyIsRefusedAndKept() throws Exception {
        LogPlace target = LogPlace.of(home.resolve("copy").toString());
        inspector.copy(place, target, InspectionProgress.NONE);
        opened(disk, target).close();
        inspector.copy(place, target, InspectionProgress.NONE);
        try (OpenLog copied = opened(disk, target)) {
            copied.append("a", List.of(Entry.payload("own", new byte[1]))).join();
        }
        LogUnavailableException written = assertThrows(
                LogUnavailableException.class, () -> inspector.copy(place, target, InspectionProgress.NONE));
        assertTrue(written.getMessage().contains("target was written to since it was copied"), written.getMessage());
        try (OpenLog copied = opened(disk, target)) {
            assertEquals("11 own", ids(copied, "a").get(10));
        }
    }

    @Test
    void aTargetWhoseCatalogWasWrittenToOrThatNoCopyMadeIsRefused() throws Exception {
        LogPlace target = LogPlace.of(home.resolve("copy").toString());
        inspector.copy(place, target, InspectionProgress.NONE);
        try (OpenLog copied = opened(disk, target)) {
            copied.catalog().update("a", spec -> spec.withOwner("somebody"));
        }
        LogUnavailableException written = assertThrows(
                LogUnavailableException.class, () -> inspector.copy(place, target, InspectionProgress.NONE));
        assertTrue(written.getMessage().contains("collection=catalog"), written.getMessage());
        Files.delete(home.resolve("copy/wal.copied"));
        LogUnavailableException foreign = assertThrows(
                LogUnavailableException.class, () -> inspector.copy(place, target, InspectionProgress.NONE));
        assertTrue(foreign.getMessage().contains("was not made by a copy"), foreign.getMessage());
    }

    @Test
    void aDamagedLogIsNotCopiedButItsValidBatchesAreRead() throws Exception {
        flip(segment("a", 0));
        LogPlace target = LogPlace.of("memory:/copy");
        assertThrows(LogCorruptException.class, () -> inspector.copy(place, target, InspectionProgress.NONE));
        assertTrue(
                memory.find(Location.parse("memory:/copy/catalog/incremental")).isEmpty(), "half a copy is no log");
        List<String> read = new ArrayList<>();
        assertThrows(
                LogCorruptException.class,
                () -> inspector.read(
                        place,
                        "a",
                        false,
                        batch -> read.add(batch.get(0).entry().id())));
        assertEquals(List.of("a0", "a1"), read);
        read.clear();
        assertEquals(
                "a",
                inspector
                        .read(
                                place,
                                "a",
                                true,
                                batch -> read.add(batch.get(0).entry().id()))
                        .orElseThrow()
                        .name());
        assertEquals(List.of("a0", "a1", "a3", "a4", "a5", "a6", "a7", "a8", "a9"), read);
    }
}
