package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.SeveralDisks.append;
import static org.seawall.core.SeveralDisks.ids;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.CatalogMovedException;
import org.seawall.core.catalog.CatalogStart.Remembered;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** The catalog of a log that is open moves to another place, and back; or to where it was configured while nobody looked. */
class CatalogChangeTest {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final Location OLD = Location.parse("disk0:/catalog");
    private static final Location STORE = Location.parse("store:/bucket/catalog");

    private final Disk collections = new Disk("disk1:/wal", new ObjectStrategy());
    private final Map<String, FileSystem> storages = new HashMap<>(Map.of(
            "disk0",
            new FaultyFileSystem(MemoryFileSystem.disk(), 0),
            "store",
            new FaultyFileSystem(
                    new MemoryFileSystem(
                            EnumSet.of(
                                    Capability.CREATE_EXCLUSIVE,
                                    Capability.CONDITIONAL_REPLACE,
                                    Capability.STRONG_LIST,
                                    Capability.RANGE_READ),
                            0),
                    0)));
    private OpenLog log;

    @BeforeEach
    void openLog() throws Exception {
        log = open(OLD, Optional.empty());
        log.catalog().create(CollectionSpec.payloads("a"));
        append(log, "a", "first");
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private OpenLog open(Location catalog, Optional<Location> remembered) throws IOException {
        LogSettings settings =
                new SeveralDisks().settings(List.of(collections.url()), 0).catalogAt(catalog);
        Optional<Remembered> last = remembered.map(place -> new Remembered(place, 1, "test.place"));
        OpenLog opened =
                OpenLog.begin(settings, binding(catalog), new Elsewhere(last, CatalogChangeTest.this::services));
        opened.recover();
        return opened;
    }

    private Binding.Directory services(Location root) {
        FileSystem files = storages.get(root.scheme());
        return files == null
                ? Binding.Directory.without("waits for a file system for " + root.scheme())
                : Binding.Directory.with(new Binding.Services(files, new ObjectStrategy(), SeveralDisks.FORMATS));
    }

    private Binding binding(Location catalog) {
        return new Binding(List.of(collections.bound()), services(catalog));
    }

    /** As the control thread does it, when the configuration has changed and every few seconds. */
    private void configured(Location catalog) {
        Binding present = log.change().binding();
        Location root = log.change().ofCatalog().root();
        Binding.Directory here = services(root).services().isPresent()
                        == present.catalog().services().isPresent()
                ? present.catalog()
                : services(root);
        log.change().to(new Binding(present.directories(), here), catalog);
    }

    private FaultyFileSystem storage(Location root) {
        return (FaultyFileSystem) storages.get(root.scheme());
    }

    private Set<String> names() {
        return log.catalog().list().stream().map(CollectionInfo::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> files(Location directory) throws IOException {
        List<String> names = new ArrayList<>();
        for (FileInfo info : storage(directory).list(directory)) {
            if (info.directory()) {
                names.addAll(files(info.location()));
            } else {
                names.add(info.name());
            }
        }
        return names;
    }

    private void assertHoldsAfterARestart(Location catalog, Set<String> names) throws IOException {
        log.close();
        log = open(catalog, Optional.empty());
        assertEquals(names, names());
    }

    @Test
    void itMovesUnderChangesAndAppendsAndBack() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        AtomicReference<Set<String>> created = new AtomicReference<>(Set.of());
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            Set<String> mine = new TreeSet<>();
            for (int i = 0; !end.get(); i++) {
                log.catalog().create(CollectionSpec.payloads("c" + i));
                append(log, "c" + i, "x");
                mine.add("c" + i);
                if (i % 3 == 2) {
                    log.catalog().drop("c" + (i - 1));
                    mine.remove("c" + (i - 1));
                }
                created.set(new TreeSet<>(mine));
            }
        });
        for (int i = 0; i < 6; i++) {
            Location place = i % 2 == 0 ? STORE : OLD;
            int before = created.get().size();
            configured(place);
            assertEquals(place, log.change().ofCatalog().root());
            assertEquals("", log.status().detail());
            SeveralDisks.await("more changes", () -> created.get().size() > before || changes.isDone());
        }
        end.set(true);
        changes.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        Set<String> expected = new TreeSet<>(created.get());
        expected.add("a");
        assertEquals(expected, names());
        assertHoldsAfterARestart(OLD, expected);
        assertEquals(List.of("first"), ids(log, "a"));
        assertThrows(CatalogMovedException.class, () -> open(STORE, Optional.empty()));
    }

    @Test
    void theOldPlaceOnADiskIsEmptyThenButForWhereItWent() throws Exception {
        configured(STORE);
        SeveralDisks.await("released", () -> !log.change().ofCatalog().releases());
        assertEquals(Set.of("catalog.lock", "catalog.move"), new TreeSet<>(files(OLD)));
        log.catalog().create(CollectionSpec.payloads("b"));
        assertHoldsAfterARestart(STORE, Set.of("a", "b"));
    }

    @Test
    void itStaysWhileTheNewPlaceHasNoServices() throws Exception {
        FileSystem store = storages.remove(STORE.scheme());
        configured(STORE);
        assertEquals(OLD, log.change().ofCatalog().root());
        assertTrue(
                log.status().detail().contains("waits for a file system for store"),
                log.status().detail());
        log.catalog().create(CollectionSpec.payloads("b"));
        storages.put(STORE.scheme(), store);
        configured(STORE);
        assertEquals(STORE, log.change().ofCatalog().root());
        assertEquals("", log.status().detail());
        assertHoldsAfterARestart(STORE, Set.of("a", "b"));
    }

    @Test
    void aNewPlaceThatFailsIsGivenUpUntilItWorks() throws Exception {
        for (String operation : List.of(
                "replace catalog.move", "create op_", "replace current_collections", "open current_collections")) {
            storage(STORE).hook(name -> {
                if (name.startsWith(operation)) {
                    throw new IOException("no space left on device, operation=" + name);
                }
            });
            configured(STORE);
            assertEquals(OLD, log.change().ofCatalog().root(), operation);
            assertTrue(log.status().detail().contains("no space left"), log.status()::detail);
            log.catalog().create(CollectionSpec.payloads("b" + operation.replaceAll("[^a-z]", "")));
        }
        storage(STORE).hook(name -> {});
        configured(STORE);
        assertEquals(STORE, log.change().ofCatalog().root());
        assertEquals("", log.status().detail());
        assertEquals(5, names().size());
        assertHoldsAfterARestart(STORE, names());
    }

    @Test
    void aConfigurationThatIsSetBackUndoesWhatWasBegun() throws Exception {
        storage(STORE).hook(name -> {
            if (name.startsWith("replace current_collections")) {
                throw new IOException("unreachable");
            }
        });
        configured(STORE);
        configured(OLD);
        assertEquals("", log.status().detail());
        log.catalog().create(CollectionSpec.payloads("b"));
        assertHoldsAfterARestart(OLD, Set.of("a", "b"));
    }

    @Test
    void whileNobodyKnowsWhereItIsItTakesNoChanges() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        storage(STORE).hook(name -> {
            // the old place is away from when the copy is read until the test says so
            if (name.startsWith("open current_collections")) {
                away.set(true);
            }
        });
        storage(OLD).hook(name -> {
            if (away.get()) {
                throw new IOException("unreachable");
            }
        });
        configured(STORE);
        assertTrue(log.status().detail().contains("catalog takes no changes"), log.status()::detail);
        append(log, "a", "second");
        log.catalog().find("a").orElseThrow();
        away.set(false);
        storage(STORE).hook(name -> {});
        configured(OLD);
        log.catalog().create(CollectionSpec.payloads("b"));
        configured(OLD);
        assertEquals(OLD, log.change().ofCatalog().root());
        assertHoldsAfterARestart(OLD, Set.of("a", "b"));
        assertEquals(List.of("first", "second"), ids(log, "a"));
    }

    @Test
    void anotherCatalogIsNotMovedOver() throws Exception {
        OpenLog other = OpenLog.begin(
                new SeveralDisks().settings(List.of("disk7:/wal"), 0).catalogAt(STORE),
                new Binding(List.of(new Disk("disk7:/wal", new ObjectStrategy()).bound()), services(STORE)),
                Elsewhere.nothing());
        other.recover();
        other.catalog().create(CollectionSpec.payloads("theirs"));
        other.close();
        configured(STORE);
        assertTrue(log.change().ofCatalog().metOther());
        log.catalog().create(CollectionSpec.payloads("b"));
        assertHoldsAfterARestart(OLD, Set.of("a", "b"));
    }

    @Test
    void anOldPlaceThatCannotBeReleasedIsToldAndTriedAgain() throws Exception {
        storage(OLD).hook(name -> {
            if (name.startsWith("delete ")) {
                throw new IOException("read-only file system");
            }
        });
        configured(STORE);
        assertEquals(STORE, log.change().ofCatalog().root());
        SeveralDisks.await("told", () -> log.status().detail().contains("read-only file system"));
        log.catalog().create(CollectionSpec.payloads("b"));
        log.close();
        log = open(STORE, Optional.empty());
        assertTrue(log.change().ofCatalog().releases(), "another process goes on with it");
        storage(OLD).hook(name -> {});
        configured(STORE);
        SeveralDisks.await("released", () -> !log.change().ofCatalog().releases());
        assertEquals("", log.status().detail());
        assertEquals(Set.of("catalog.lock", "catalog.move"), new TreeSet<>(files(OLD)));
        assertHoldsAfterARestart(STORE, Set.of("a", "b"));
    }

    @Test
    void anOldPlaceThatHangsHoldsNobodyUp() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        storage(OLD).hook(name -> {
            if (name.startsWith("delete ")) {
                reached.countDown();
                try {
                    until.await();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
            }
        });
        configured(STORE);
        assertTrue(reached.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        log.catalog().create(CollectionSpec.payloads("b"));
        append(log, "a", "second");
        until.countDown();
        SeveralDisks.await("released", () -> !log.change().ofCatalog().releases());
        assertHoldsAfterARestart(STORE, Set.of("a", "b"));
    }

    @Test
    void whatWasConfiguredWhileNobodyLookedIsAMove() throws Exception {
        log.close();
        log = open(STORE, Optional.of(OLD));
        assertEquals(Set.of("a"), names());
        assertEquals(List.of("first"), ids(log, "a"));
        log.catalog().create(CollectionSpec.payloads("b"));
        log.close();
        log = open(OLD, Optional.of(STORE));
        assertEquals(Set.of("a", "b"), names());
        assertHoldsAfterARestart(OLD, Set.of("a", "b"));
    }

    @Test
    void whatIsRememberedIsWaitedForUnlessTheNewPlaceHoldsACatalog() throws Exception {
        log.close();
        FileSystem disk = storages.remove(OLD.scheme());
        Elsewhere.MissingException missing =
                assertThrows(Elsewhere.MissingException.class, () -> open(STORE, Optional.of(OLD)));
        assertTrue(missing.getMessage().contains("test.place"), missing::getMessage);
        storages.put(OLD.scheme(), new FaultyFileSystem(MemoryFileSystem.disk(), 0));
        LogUnavailableException notMounted =
                assertThrows(LogUnavailableException.class, () -> open(STORE, Optional.of(OLD)));
        assertTrue(notMounted.getMessage().contains("test.place"), notMounted::getMessage);
        storages.put(OLD.scheme(), disk);
        log = open(STORE, Optional.of(OLD));
        assertEquals(Set.of("a"), names());
        storages.remove(OLD.scheme());
        assertHoldsAfterARestart(STORE, Set.of("a"));
    }

    @Test
    void whoRemembersNothingBeginsAnEmptyLog() throws Exception {
        log.close();
        log = open(STORE, Optional.empty());
        assertEquals(Set.of(), names());
    }
}
