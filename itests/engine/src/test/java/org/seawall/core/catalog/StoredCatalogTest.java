package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.core.memtable.Memtable;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;

class StoredCatalogTest {
    private static final CollectionSpec DIGITS = CollectionSpec.vectors("digits", 2, Metric.COSINE)
            .withDescription("handwritten")
            .withOwner("ops")
            .withTags(Map.of("tier", "1"))
            .withSettings(Map.of("archives", "2"));

    private static final Pattern CHANGE = Pattern.compile("(write|force|truncate|create|createAppendable|rename) .*");

    @TempDir
    Path home;

    private final ExecutorService commits = Executors.newCachedThreadPool();
    private final AvroSerializer serializer = new AvroSerializer(1 << 24);

    @AfterEach
    void stop() {
        commits.shutdown();
    }

    @Test
    void aCollectionIsAsItWasCreatedAfterReopening() {
        CollectionInfo created;
        try (StoredCatalog catalog = open()) {
            created = catalog.create(DIGITS);
            catalog.create(CollectionSpec.payloads("events"));
            assertThrows(CollectionExistsException.class, () -> catalog.create(CollectionSpec.payloads("digits")));
        }
        try (StoredCatalog catalog = open()) {
            assertEquals(created, catalog.find("digits").orElseThrow());
            assertEquals(DIGITS, created.spec());
            assertEquals(
                    List.of("digits", "events"),
                    catalog.list().stream().map(CollectionInfo::name).toList());
            assertTrue(catalog.find("events").orElseThrow().spec().holdsPayloads());
        }
    }

    @Test
    void onlyWhatIsMutableIsUpdated() {
        try (StoredCatalog catalog = open()) {
            CollectionInfo created = catalog.create(DIGITS);
            CollectionInfo updated =
                    catalog.update("digits", spec -> spec.withOwner("dev").withTags(Map.of()));
            assertEquals(created.id(), updated.id());
            assertEquals(created.created(), updated.created());
            assertFalse(updated.updated().isBefore(created.updated()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> catalog.update("digits", spec -> CollectionSpec.vectors("digits", 3, Metric.COSINE)));
            assertThrows(CollectionNotFoundException.class, () -> catalog.update("nope", spec -> spec));
        }
        try (StoredCatalog catalog = open()) {
            CollectionSpec spec = catalog.find("digits").orElseThrow().spec();
            assertEquals("dev", spec.owner());
            assertEquals(Map.of(), spec.tags());
            assertEquals(Map.of("archives", "2"), spec.settings());
        }
    }

    @Test
    void aDroppedCollectionGoesWithItsFilesAndItsNameIsFreeForAnother() throws IOException {
        CollectionInfo first;
        CollectionInfo second;
        try (StoredCatalog catalog = open()) {
            first = catalog.create(DIGITS);
            append(catalog, "a");
            catalog.drop("digits");
            assertThrows(CollectionNotFoundException.class, () -> catalog.drop("digits"));
            second = catalog.create(DIGITS);
        }
        assertNotEquals(first.id(), second.id());
        assertEquals(Set.of("catalog", second.id().toString()), directories(home));
        try (StoredCatalog catalog = open()) {
            assertEquals(second, catalog.find("digits").orElseThrow());
            assertEquals(0, catalog.collection("digits").log().memtable().lastSequence());
        }
    }

    @Test
    void changesAreSnapshotThenArchivedAndOldArchivesGo() throws IOException {
        try (StoredCatalog catalog = open()) {
            for (int i = 0; i < 20; i++) {
                catalog.create(CollectionSpec.payloads("c" + i));
            }
        }
        Path catalogHome = home.resolve("catalog");
        assertEquals(Set.of("current_collections.avro"), names(catalogHome.resolve("snapshots")));
        assertEquals(2, names(catalogHome.resolve("incremental")).size(), "20 changes, a snapshot after every third");
        assertTrue(names(catalogHome.resolve("archive")).size() <= 2);
        try (StoredCatalog catalog = open()) {
            assertEquals(20, catalog.list().size());
        }
    }

    @Test
    void oneCollectionThatCannotBeRecoveredLeavesTheOthersAvailable() throws IOException {
        CollectionInfo digits;
        try (StoredCatalog catalog = open()) {
            digits = catalog.create(DIGITS);
            append(catalog, "a");
            catalog.collection("digits").log().roll();
            catalog.create(CollectionSpec.payloads("events"));
        }
        try (Stream<Path> sealed = Files.list(home.resolve(digits.id() + "/segments"))) {
            Files.write(sealed.findFirst().orElseThrow(), new byte[] {1, 2, 3});
        }
        try (StoredCatalog catalog = open()) {
            LogUnavailableException refusal = assertThrows(
                    LogUnavailableException.class,
                    () -> catalog.collection("digits").log());
            assertTrue(refusal.getMessage().contains("CORRUPT"), refusal.getMessage());
            assertEquals(
                    LogState.UNAVAILABLE, catalog.collection("digits").status().state());
            assertEquals(LogState.OPEN, catalog.collection("events").status().state());
            catalog.drop("digits");
        }
        assertFalse(names(home).contains(digits.id().toString()));
    }

    @Test
    void aDamagedCatalogIsRefusedWithTheFileAndLeftAsItIs() throws IOException {
        try (StoredCatalog catalog = open()) {
            for (int i = 0; i < 4; i++) {
                catalog.create(CollectionSpec.payloads("c" + i));
            }
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(home.resolve("catalog"))) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("archive"))
                    .toList();
        }
        assertEquals(2, files.size(), "a snapshot of three changes, and one behind it");
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            byte[] damaged = whole.clone();
            damaged[whole.length - 40] ^= 4;
            Files.write(file, damaged);
            String message = assertThrows(LogCorruptException.class, this::open).getMessage();
            assertTrue(message.contains("expected=") && message.contains("actual="), message);
            assertTrue(message.contains("offset=") && message.contains(file.toString()), message);
            assertArrayEquals(damaged, Files.readAllBytes(file));
            Files.write(file, whole);
        }
        try (StoredCatalog catalog = open()) {
            assertEquals(4, catalog.list().size());
        }
    }

    @Test
    void aCollectionWhoseStorageFailedIsReadAndRecoversInANewSegment() {
        AtomicBoolean failing = new AtomicBoolean();
        FaultyFileSystem files = new FaultyFileSystem(new LocalFileSystem(0), 0);
        files.hook(operation -> {
            if (failing.get() && CHANGE.matcher(operation).matches()) {
                throw new IOException("no space left");
            }
        });
        try (StoredCatalog catalog = StoredCatalog.open(session(home, files))) {
            catalog.create(DIGITS);
            append(catalog, "a");
            long segment = catalog.collection("digits").status().activeSegment();
            failing.set(true);
            assertThrows(CompletionException.class, () -> append(catalog, "b"));
            assertEquals(LogState.FAILED, catalog.collection("digits").status().state());

            assertEquals(0, attend(catalog));
            assertEquals(LogState.FAILED, catalog.collection("digits").status().state());
            assertTrue(catalog.collection("digits").log().memtable().get("a", 0).isPresent(), "still read");
            assertThrows(LogUnavailableException.class, () -> append(catalog, "c"));

            failing.set(false);
            assertEquals(1, attend(catalog));
            assertEquals(LogState.OPEN, catalog.collection("digits").status().state());
            assertTrue(catalog.collection("digits").status().activeSegment() > segment, "the old segment is left");
            append(catalog, "d");
            assertEquals(0, attend(catalog));
        }
        try (StoredCatalog catalog = open()) {
            Memtable entries = catalog.collection("digits").log().memtable();
            assertTrue(entries.get("a", 0).isPresent());
            assertTrue(entries.get("d", 0).isPresent());
            assertTrue(entries.get("c", 0).isEmpty());
        }
    }

    /** The process ends before or after each change of the storage: a collection is there whole, or not at all. */
    @Test
    void createUpdateAndDropAreAllOrNothingAtEveryStep() throws IOException {
        int states = 0;
        for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
            boolean stopped = true;
            for (int step = 1; stopped; step++) {
                Path root = home.resolve(moment + "-" + step);
                FaultyFileSystem process = new FaultyFileSystem(new LocalFileSystem(0), 0);
                process.stopAt(step, moment);
                List<String> done = new ArrayList<>();
                try {
                    scenario(root, process, done);
                } catch (SeawallException | CompletionException e) {
                    assertTrue(process.stopped(), e::toString);
                }
                stopped = process.stopped();
                verify(root, done, moment + " step " + step);
                states++;
            }
        }
        assertTrue(states > 50, "states=" + states);
    }

    private void scenario(Path root, FileSystem files, List<String> done) {
        try (StoredCatalog catalog = StoredCatalog.open(session(root, files))) {
            catalog.create(DIGITS);
            done.add("created");
            append(catalog, "a");
            done.add("appended");
            catalog.create(CollectionSpec.payloads("other"));
            done.add("other");
            catalog.update("digits", spec -> spec.withOwner("dev"));
            done.add("updated");
            catalog.drop("digits");
            done.add("dropped");
        }
    }

    private void verify(Path root, List<String> done, String at) throws IOException {
        try (StoredCatalog catalog = StoredCatalog.open(session(root, new LocalFileSystem(0)))) {
            Set<String> directories = new TreeSet<>(directories(root));
            directories.remove("catalog");
            boolean there = catalog.find("digits").isPresent();
            if (done.contains("created") && !done.contains("updated")) {
                assertTrue(there, at);
            }
            if (done.contains("dropped")) {
                assertFalse(there, at);
            }
            assertTrue(!done.contains("other") || catalog.find("other").isPresent(), at);
            if (there) {
                assertEquals(
                        LogState.OPEN, catalog.collection("digits").status().state(), at);
                long last = catalog.collection("digits").log().memtable().lastSequence();
                assertTrue(last >= (done.contains("appended") ? 1 : 0), at);
                String owner = catalog.find("digits").orElseThrow().spec().owner();
                assertTrue(owner.equals("dev") || (owner.equals("ops") && !done.contains("updated")), at);
            }
            Set<String> known =
                    catalog.list().stream().map(info -> info.id().toString()).collect(Collectors.toSet());
            directories.removeAll(known);
            // only an unfinished creation leaves a directory that no collection names
            assertTrue(directories.size() <= (done.contains("other") ? 0 : 1), () -> at + ": " + directories);
            assertTrue(there || catalog.create(DIGITS) != null, at);
            append(catalog, "again");
        }
    }

    private static int attend(StoredCatalog catalog) {
        StorageDirectory directory = catalog.collection("digits").directory().orElseThrow();
        return catalog.attendance().attend(directory);
    }

    private void append(StoredCatalog catalog, String id) {
        catalog.collection("digits")
                .log()
                .append(serializer.encode(List.of(Entry.vector(id, 1, 2)), 1))
                .join();
    }

    private StoredCatalog open() {
        return StoredCatalog.open(session(home, new LocalFileSystem(0)));
    }

    private CatalogSession session(Path root, FileSystem files) {
        Location location = Location.parse(root.toString());
        StorageDirectory directory =
                new StorageDirectory("test", root.toString(), new DirectoryThreads(Runnable::run, commits));
        directory.offer(session(files, new AppendStrategy()));
        return new CatalogSession(
                "test",
                session(files, new ObjectStrategy()),
                location.child("catalog"),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                3);
    }

    private Session session(FileSystem files, WriteStrategy strategy) {
        EngineSettings settings = new EngineSettings(1 << 20, 0, 1 << 20, 2);
        return new Session(
                new Backend(files, strategy, serializer, List.of(serializer), Clock.systemUTC()),
                settings,
                commits,
                "test");
    }

    private static Set<String> directories(Path directory) throws IOException {
        Set<String> names = new TreeSet<>(names(directory));
        names.removeIf(name -> !Files.isDirectory(directory.resolve(name)));
        return names;
    }

    private static Set<String> names(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
