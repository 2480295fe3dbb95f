package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** What is done in the background, and when: not before it is due, and then at the next look. */
class MaintenanceTest {
    private static final Location ROOT = Location.parse("/kept");
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 20);
    /** Nothing of itself: what a test is about is set by it. */
    private static final Map<String, String> NOTHING = Map.of(
            "snapshotBytes",
            "0",
            "snapshotMillis",
            "0",
            "segmentMillis",
            "0",
            "compactSegments",
            "0",
            "cleanPercent",
            "0");

    private final SetClock clock = new SetClock();
    private final FaultyFileSystem files = new FaultyFileSystem(new MemoryFileSystem(), 0);
    private final StorageDirectory directory =
            new StorageDirectory("test", ROOT.toString(), new DirectoryThreads(Runnable::run, Runnable::run));
    private final StoredCatalog catalog = StoredCatalog.open(session());
    private final Maintenance maintenance = new Maintenance(catalog, directory, clock, clock::nanoTime);

    private CatalogSession session() {
        directory.offer(session(new AppendStrategy()));
        return new CatalogSession(
                "test",
                session(new ObjectStrategy()),
                ROOT.child("catalog"),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                100);
    }

    private Session session(WriteStrategy strategy) {
        Backend backend = new Backend(files, strategy, SERIALIZER, List.of(SERIALIZER), clock);
        return new Session(backend, new EngineSettings(1 << 20, 0, 1 << 20, 4), Runnable::run, "test");
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private BatchLog created(String setting, String value) {
        catalog.create(CollectionSpec.payloads("c").withSettings(with(setting, value)));
        maintenance.run();
        return log();
    }

    private BatchLog log() {
        return catalog.collection("c").log();
    }

    private void append(String id, int bytes) {
        log().append(SERIALIZER.encode(List.of(Entry.payload(id, new byte[bytes])), 1))
                .join();
    }

    private List<String> names(String below) throws IOException {
        CollectionInfo info = catalog.find("c").orElseThrow();
        return files.list(ROOT.child(info.id().toString()).child(below)).stream()
                .map(FileInfo::name)
                .toList();
    }

    private void assertSnapshots(int expected) throws IOException {
        assertEquals(expected, names("snapshots").size());
    }

    private void runAfter(Duration duration) {
        clock.pass(duration);
        maintenance.run();
    }

    @Test
    void nothingIsDoneThatIsNotSet() throws Exception {
        created("versions", "1");
        for (int i = 0; i < 10; i++) {
            append("a", 1_000);
            log().roll();
            runAfter(Duration.ofDays(1));
        }
        assertSnapshots(0);
        assertEquals(10, names("segments").size());
        assertEquals(List.of(), names("archive"));
    }

    @Test
    void aSnapshotIsTakenBehindSoManyBytes() throws Exception {
        BatchLog log = created("snapshotBytes", "5000");
        append("a", 4_000);
        maintenance.run();
        assertSnapshots(0);
        append("b", 2_000);
        maintenance.run();
        assertSnapshots(1);
        assertEquals(0, log.bytesBehindSnapshot());
        append("c", 4_000);
        maintenance.run();
        assertEquals(1, names("archive").size(), "the next one counts from the first");
    }

    @Test
    void aSnapshotIsTakenAfterSuchATimeIfThereIsAnythingToRead() throws Exception {
        BatchLog log = created("snapshotMillis", "60000");
        runAfter(Duration.ofHours(1));
        assertSnapshots(0);
        append("a", 10);
        maintenance.run();
        assertSnapshots(1);
        append("b", 10);
        runAfter(Duration.ofMillis(59_999));
        assertTrue(log.bytesBehindSnapshot() > 0);
        runAfter(Duration.ofMillis(1));
        assertEquals(0, log.bytesBehindSnapshot());
        long taken = log.snapshotMillis();
        runAfter(Duration.ofHours(1));
        assertEquals(taken, log.snapshotMillis());
    }

    @Test
    void aSnapshotIsTakenWhereMuchIsDeadButThatIsLookedAtRarely() throws Exception {
        BatchLog log = created("cleanPercent", "50");
        catalog.update("c", spec -> spec.withSettings(with("cleanPercent", "50", "cleanBytes", "1000")));
        append("a", 4_000);
        append("live", 4_000);
        append("a", 100);
        runAfter(Duration.ofMinutes(1));
        assertSnapshots(0);
        append("live", 100);
        runAfter(Duration.ofSeconds(59));
        assertSnapshots(0);
        long before = log.memtable().batchBytes();
        runAfter(Duration.ofSeconds(1));
        assertSnapshots(1);
        assertTrue(
                log.memtable().batchBytes() < before / 10,
                () -> "bytes=" + log.memtable().batchBytes());
    }

    private static Map<String, String> with(String... settings) {
        Map<String, String> all = new HashMap<>(NOTHING);
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return all;
    }

    @Test
    void anArchiveThatIsTooOldIsDeleted() throws Exception {
        created("archiveMillis", "3600000");
        append("a", 10);
        log().snapshot();
        runAfter(Duration.ofHours(1));
        assertEquals(1, names("archive").size());
        runAfter(Duration.ofSeconds(59));
        assertEquals(1, names("archive").size(), "looked at once a minute");
        runAfter(Duration.ofSeconds(1));
        assertEquals(List.of(), names("archive"));
    }

    @Test
    void archivesAboveANumberThatWasLoweredAreDeleted() throws Exception {
        created("archives", "4");
        for (int i = 0; i < 3; i++) {
            append("a" + i, 10);
            log().snapshot();
            clock.pass(Duration.ofSeconds(1));
        }
        assertEquals(3, names("archive").size());
        catalog.update("c", spec -> spec.withSettings(with("archives", "1")));
        runAfter(Duration.ofMinutes(1));
        assertEquals(List.of("20250628_142002"), names("archive"));
    }

    @Test
    void aSegmentIsSealedAtAnAge() throws Exception {
        created("segmentMillis", "60000");
        append("a", 10);
        runAfter(Duration.ofMillis(59_999));
        assertEquals(List.of(), names("segments"));
        runAfter(Duration.ofMillis(1));
        assertEquals(1, names("segments").size());
        runAfter(Duration.ofDays(1));
        assertEquals(1, names("segments").size(), "an empty one stays");
    }

    @Test
    void smallSegmentsInARowAreMerged() throws Exception {
        created("compactSegments", "3");
        for (int i = 0; i < 3; i++) {
            maintenance.run();
            assertEquals(i, names("segments").size());
            append("a" + i, 10);
            log().roll();
        }
        maintenance.run();
        assertEquals(1, names("segments").size());
        assertTrue(names("segments").get(0).startsWith("compacted_00000001_00000003_"));
    }

    @Test
    void whatFailedIsTriedAgainAfterAMinute() throws Exception {
        created("snapshotBytes", "100");
        append("a", 200);
        files.hook(operation -> {
            if (operation.startsWith("replace vectors_snapshot")) {
                throw new IOException("no space left on device");
            }
        });
        maintenance.run();
        files.hook(operation -> {});
        runAfter(Duration.ofSeconds(59));
        assertSnapshots(0);
        runAfter(Duration.ofSeconds(1));
        assertSnapshots(1);
    }

    @Test
    void aCollectionWhoseStorageFailedIsOpenedAnewAfterFiveSeconds() {
        BatchLog failed = created("versions", "1");
        append("a", 10);
        files.hook(operation -> {
            if (operation.startsWith("force wal_current")) {
                throw new IOException("input/output error");
            }
        });
        assertThrows(CompletionException.class, () -> append("b", 10));
        files.hook(operation -> {});
        runAfter(Duration.ofMillis(4_999));
        assertSame(failed, log());
        runAfter(Duration.ofMillis(1));
        assertNotSame(failed, log());
        append("c", 10);
    }
}
