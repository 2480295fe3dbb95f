package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
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
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** A collection is dropped while something is written in the background. */
class DropTest {
    private static final Location ROOT = Location.parse("/drop");

    private final ExecutorService commits = Executors.newCachedThreadPool();
    private final AvroSerializer serializer = new AvroSerializer(1 << 24);
    private final MemoryFileSystem storage = new MemoryFileSystem();
    private final FaultyFileSystem files = new FaultyFileSystem(storage, 0);
    private final CompletableFuture<Void> dropped = new CompletableFuture<>();

    @AfterEach
    void stop() {
        commits.shutdown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find vectors_snapshot.avro",
                "replace vectors_snapshot.avro",
                "rename wal_00000003",
                "forceDirectory segments"
            })
    void inTheMiddleOfASnapshotLeavesNoFiles(String operation) throws Exception {
        try (StoredCatalog catalog = StoredCatalog.open(session())) {
            BatchLog log = written(catalog);
            log.snapshot();
            append(log, "c");
            dropAt(operation, catalog);
            log.snapshot();
            assertNothingIsLeft(log);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list segments", "create compacted_", "rename wal_00000001", "forceDirectory segments"})
    void inTheMiddleOfACompactionLeavesNoFiles(String operation) throws Exception {
        try (StoredCatalog catalog = StoredCatalog.open(session())) {
            BatchLog log = written(catalog);
            dropAt(operation, catalog);
            log.compact();
            assertNothingIsLeft(log);
        }
    }

    private void assertNothingIsLeft(BatchLog log) throws Exception {
        dropped.get(60, TimeUnit.SECONDS);
        assertEquals(
                List.of("catalog", "wal.lock", "wal.storage"),
                storage.list(ROOT).stream().map(FileInfo::name).toList());
        assertThrows(LogClosedException.class, log::snapshot);
        assertThrows(LogClosedException.class, log::compact);
        assertThrows(LogClosedException.class, log::pruneArchive);
    }

    private BatchLog written(StoredCatalog catalog) {
        catalog.create(CollectionSpec.vectors("digits", 2, Metric.COSINE));
        BatchLog log = catalog.collection("digits").log();
        append(log, "a");
        log.roll();
        append(log, "b");
        return log;
    }

    private void append(BatchLog log, String id) {
        log.append(serializer.encode(List.of(Entry.vector(id, 1, 2)), 1)).join();
    }

    /** Lets a drop go as far as it gets when this thread begins an operation, once. */
    private void dropAt(String operation, StoredCatalog catalog) {
        Thread dropper = new Thread(() -> {
            catalog.drop("digits");
            dropped.complete(null);
        });
        Thread caller = Thread.currentThread();
        files.hook(name -> {
            boolean here = Thread.currentThread() == caller && name.startsWith(operation);
            if (here && dropper.getState() == Thread.State.NEW) {
                dropper.start();
                while (dropper.isAlive() && !waitsForMe(dropper)) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    private static boolean waitsForMe(Thread dropper) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(dropper.getId());
        return info != null && info.getLockOwnerId() == Thread.currentThread().getId();
    }

    private CatalogSession session() {
        StorageDirectory directory =
                new StorageDirectory("test", ROOT.toString(), new DirectoryThreads(Runnable::run, commits));
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
        EngineSettings settings = new EngineSettings(1 << 20, 0, 1 << 20, 2);
        Backend backend = new Backend(files, strategy, serializer, List.of(serializer), Clock.systemUTC());
        return new Session(backend, settings, commits, "test");
    }
}
