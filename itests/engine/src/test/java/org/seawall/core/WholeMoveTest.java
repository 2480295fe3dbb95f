package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.SeveralDisks.append;
import static org.seawall.core.SeveralDisks.await;
import static org.seawall.core.SeveralDisks.collection;
import static org.seawall.core.SeveralDisks.ids;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.LogState;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.CatalogStart.Remembered;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/** The first directory of a log is another one by its configuration, and with it the catalog, which is in it. */
class WholeMoveTest {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int COLLECTIONS = 20;

    private final Disk files = new Disk("files:/wal", new AppendStrategy());
    private final Disk objects = new Disk("objects:/wal", new ObjectStrategy());
    private final Map<String, Disk> all =
            Stream.of(files, objects).collect(Collectors.toMap(Disk::url, Function.identity()));
    private OpenLog log;

    @BeforeEach
    void openLog() throws Exception {
        log = open(files, Optional.empty());
        log.catalog().create(CollectionSpec.payloads("a"));
        log.catalog().create(CollectionSpec.payloads("b"));
        append(log, "a", "first");
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static Location catalogOf(Disk place) {
        return Location.parse(place.url()).child("catalog");
    }

    private Binding.Directory ofCatalog(Location root) {
        return all.values().stream()
                .filter(disk -> catalogOf(disk).equals(root))
                .map(disk -> Binding.Directory.with(
                        new Binding.Services(disk.files(), new ObjectStrategy(), SeveralDisks.FORMATS)))
                .findFirst()
                .orElseThrow();
    }

    private LogSettings settings(Disk place) {
        return new SeveralDisks().settings(List.of(place.url()), 0).catalogAt(catalogOf(place));
    }

    private OpenLog open(Disk place, Optional<Disk> remembered) throws IOException {
        Binding binding = new Binding(List.of(place.bound().at(place.url())), ofCatalog(catalogOf(place)));
        Optional<Remembered> last = remembered.map(disk -> new Remembered(catalogOf(disk), 1, "test.place"));
        OpenLog opened = OpenLog.begin(settings(place), binding, new Elsewhere(last, this::ofCatalog));
        opened.recover();
        change(opened, place);
        return opened;
    }

    /** As the configuration does it, and every few seconds. */
    private void change(OpenLog opened, Disk place) {
        opened.take(settings(place));
        opened.change().to(wanted(opened, place), catalogOf(place));
        opened.change().to(wanted(opened, place));
    }

    private Binding wanted(OpenLog opened, Disk place) {
        Map<String, Binding.Services> olds = new TreeMap<>();
        opened.olds()
                .get(0)
                .forEach(url -> olds.put(url, all.get(url).bound().services().orElseThrow()));
        Binding present = opened.change().binding();
        return new Binding(List.of(place.bound().at(place.url()).from(olds)), present.catalog());
    }

    private void assertMoved(Disk from, Disk to) throws Exception {
        await("moved", () -> {
            change(log, to);
            return Stream.of("a", "b")
                            .allMatch(name -> collection(log, name).detail().isEmpty())
                    && left(from).isEmpty();
        });
        assertEquals(catalogOf(to), log.change().ofCatalog().root());
        assertEquals("", log.status().detail());
        for (String name : List.of("a", "b")) {
            assertEquals(LogState.OPEN, collection(log, name).state());
            assertEquals(to.url(), collection(log, name).url());
        }
    }

    /** Directories of collections, and the mark, of a place. */
    private static List<String> left(Disk disk) {
        try {
            return disk.content().list(Location.parse(disk.url())).stream()
                    .map(info -> info.name())
                    .filter(name -> !Set.of("wal.lock", "catalog").contains(name))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void catalogAndCollectionsMoveUnderWritersAndBack() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        List<CompletableFuture<List<String>>> writers = IntStream.range(0, 8)
                .mapToObj(writer -> CompletableFuture.supplyAsync(() -> write(writer, end)))
                .toList();
        CompletableFuture<Set<String>> changes = CompletableFuture.supplyAsync(() -> create(end));
        Disk from = files;
        for (Disk to : List.of(objects, files, objects)) {
            change(log, to);
            assertMoved(from, to);
            from = to;
        }
        end.set(true);
        List<List<String>> written = new ArrayList<>();
        for (CompletableFuture<List<String>> writer : writers) {
            written.add(writer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        Set<String> names = changes.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        names.addAll(Set.of("a", "b"));
        log.close();
        log = open(objects, Optional.empty());
        assertEquals(
                names,
                log.catalog().list().stream().map(CollectionInfo::name).collect(Collectors.toCollection(TreeSet::new)));
        for (int i = 0; i < written.size(); i++) {
            String mine = i + "-";
            assertTrue(written.get(i).size() > 5, "writers were at work");
            assertEquals(
                    written.get(i),
                    ids(log, i % 2 == 0 ? "a" : "b").stream()
                            .filter(id -> id.startsWith(mine))
                            .toList());
        }
    }

    private List<String> write(int writer, AtomicBoolean end) {
        List<String> written = new ArrayList<>();
        while (!end.get()) {
            String id = writer + "-" + written.size();
            append(log, writer % 2 == 0 ? "a" : "b", id);
            written.add(id);
        }
        return written;
    }

    private Set<String> create(AtomicBoolean end) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; !end.get(); i++) {
            if (i < COLLECTIONS) {
                log.catalog().create(CollectionSpec.payloads("c" + i));
                names.add("c" + i);
            } else {
                String owner = "owner" + i;
                log.catalog().update("c" + i % COLLECTIONS, spec -> spec.withOwner(owner));
            }
        }
        return names;
    }

    @Test
    void whatWasConfiguredWhileNothingRanIsMovedAtTheStart() throws Exception {
        log.close();
        log = open(objects, Optional.of(files));
        append(log, "a", "second");
        assertMoved(files, objects);
        log.close();
        log = open(objects, Optional.empty());
        assertEquals(List.of("first", "second"), ids(log, "a"));
    }

    @Test
    void aNewPlaceThatFailsKeepsNobodyFromAppendingOrFromChanges() throws Exception {
        objects.files().hook(operation -> {
            throw new IOException("not there, operation=" + operation);
        });
        change(log, objects);
        append(log, "a", "second");
        log.catalog().create(CollectionSpec.payloads("c"));
        assertEquals(catalogOf(files), log.change().ofCatalog().root());
        objects.heal();
        change(log, objects);
        assertMoved(files, objects);
        append(log, "c", "x");
        log.close();
        log = open(objects, Optional.empty());
        assertEquals(List.of("first", "second"), ids(log, "a"));
        assertEquals(List.of("x"), ids(log, "c"));
    }
}
