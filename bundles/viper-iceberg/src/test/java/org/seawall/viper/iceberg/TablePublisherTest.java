package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Moment;
import org.seawall.viper.manifest.ManifestLog;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.store.StoreSettings;
import org.seawall.viper.store.VectorStore;

/** A table shows what its store holds, whatever happened. */
class TablePublisherTest {

    @TempDir
    private Path home;

    @Test
    void aTableShowsWhatItsStoreHolds() throws IOException {
        Place place = new Place(new MemoryFileSystem(), home);
        assertEquals(OptionalLong.empty(), place.publish());
        try (VectorStore store = place.open(1)) {
            assertShown(place, store);
            Place.flush(store, List.of("a", "b", "c", "d", "e"), List.of());
            assertShown(place, store);
            Place.flush(store, List.of("b", "f"), List.of("e", "nobody"));
            assertShown(place, store);
            Place.flush(store, List.of("g"), List.of("c"));
            Place.flush(store, List.of(), List.of("f", "a"));
            assertShown(place, store);
            store.compact(names(store), 0);
            assertShown(place, store);
            Place.flush(store, List.of(), List.of("b", "d", "g"));
            assertShown(place, store);
            store.giveUp();
            assertShown(place, store);
        }
        try (VectorStore store = place.open(7)) {
            assertShown(place, store);
        }
    }

    @Test
    void columnsHaveTheIdsThatTheyHaveInTheFiles() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (Tables tables = place.tables()) {
            Table table = Place.table(tables);
            StringBuilder columns = new StringBuilder();
            for (Types.NestedField column : table.schema().columns()) {
                columns.append(column).append('\n');
            }
            assertEquals("""
                    1: id: required string
                    2: vector: required list<float>
                    4: metadata: required map<string, string>
                    7: metadata_types: required string
                    8: payload: optional binary
                    9: timestamp: required timestamptz
                    10: expires_at: optional timestamptz
                    11: sequence: required long
                    12: version: required long
                    """, columns.toString());
            assertEquals(
                    Map.of(3, "vector.element", 5, "metadata.key", 6, "metadata.value"),
                    Map.of(
                            3, table.schema().findColumnName(3),
                            5, table.schema().findColumnName(5),
                            6, table.schema().findColumnName(6)));
            assertEquals(3, ((HasTableOperations) table).operations().current().formatVersion(), "format version");
        }
    }

    @Test
    void typedColumnsAreAddedAsTheyAreDeclaredAndStay() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(1)) {
            Place.flush(store, "number:long", List.of("p", "q"), List.of());
            assertShown(place, store);
            Place.flush(store, "text:string, odd:boolean, half:double", List.of("r", "s"), List.of("p"));
            assertShown(place, store);
            Place.flush(store, List.of("t"), List.of());
            assertShown(place, store);
            store.compact(names(store), 0);
            assertShown(place, store);
        }
        try (Tables tables = place.tables()) {
            List<Types.NestedField> columns = Place.table(tables).schema().columns();
            assertEquals(
                    List.of(
                            "13: number: optional long",
                            "14: text: optional string",
                            "15: odd: optional boolean",
                            "16: half: optional double"),
                    columns.subList(9, columns.size()).stream()
                            .map(Types.NestedField::toString)
                            .toList());
        }
    }

    @Test
    void aQueryForLaterSequencesReadsNoEarlierPart() throws IOException {
        Place place = new Place(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(1)) {
            Place.flush(store, List.of("a", "b"), List.of());
            Place.flush(store, List.of("c", "d"), List.of());
            place.publish();
            try (Tables tables = place.tables();
                    var tasks = Place.table(tables)
                            .newScan()
                            .filter(Expressions.greaterThan("sequence", 2L))
                            .planFiles()) {
                Set<String> planned = new TreeSet<>();
                tasks.forEach(task -> planned.add(task.file().location()));
                assertEquals(Set.of(place.store + "/parts/" + names(store).get(1) + ".parquet"), planned);
            }
        }
    }

    @Test
    void publishingAgainChangesNothing() throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        Place place = published(files, home);
        Set<String> before = files(place);
        assertEquals(OptionalLong.of(4), place.publish());
        assertEquals(before, files(place));
    }

    @Test
    void whatAProcessLeavesThatDiesIsPublishedByTheNext() throws IOException {
        long deaths = 0;
        for (int operation = 1; ; operation++) {
            boolean died = false;
            for (Moment moment : Moment.values()) {
                Path catalog = Files.createDirectory(home.resolve(operation + "-" + moment));
                Place place = published(new MemoryFileSystem(), catalog);
                try (VectorStore store = place.open(2)) {
                    Place.flush(store, List.of("a", "x"), List.of("c"));
                    store.compact(names(store).subList(0, 2), 0);
                    Place.flush(store, List.of(), List.of("x"));
                    FaultyFileSystem dying = new FaultyFileSystem(place.files, operation);
                    dying.stopAt(operation, moment);
                    try {
                        place.through(dying).publish();
                    } catch (IOException | RuntimeException e) {
                        assertTrue(dying.stopped(), "failed by itself: " + e);
                    }
                    died |= dying.stopped();
                    dying.crash();
                    assertShown(place, store);
                    assertFew(leftOver(place), dying.history());
                    deaths++;
                }
            }
            if (!died) {
                break;
            }
        }
        assertTrue(deaths > 20, "deaths=" + deaths);
    }

    /** What no snapshot names is what an attempt has left that was never committed: never a file of the store, which are elsewhere. */
    private static void assertFew(Set<String> left, List<String> history) {
        assertTrue(left.size() <= 6, "left=" + left + ", history=" + history);
    }

    private static Set<String> leftOver(Place place) throws IOException {
        Set<String> left = files(place);
        try (Tables tables = place.tables()) {
            Table table = Place.table(tables);
            for (Snapshot snapshot : table.snapshots()) {
                left.remove(own(table, snapshot.manifestListLocation()));
                snapshot.allManifests(table.io()).forEach(manifest -> left.remove(own(table, manifest.path())));
            }
            TableFiles.of(table).deletes().values().forEach(file -> left.remove(own(table, file.location())));
            left.removeIf(file -> file.endsWith(".metadata.json"));
        }
        return left;
    }

    private static String own(Table table, String file) {
        return file.substring(table.location().length() + 1);
    }

    @Test
    void ofTwoPublishersOneCommits() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(2)) {
            Place.flush(store, List.of("x"), List.of("a"));
            FaultyFileSystem slow = new FaultyFileSystem(place.files, 0);
            slow.hook(operation -> {
                if (operation.contains(".puffin")) {
                    slow.hook(ignored -> {});
                    place.publish();
                }
            });
            assertThrows(ValidationException.class, () -> place.through(slow).publish());
            assertEquals(Place.held(store), place.shown());
            assertShown(place, store);
        }
    }

    @Test
    void ofTwoPublishersOneCommitsAlsoWhereNothingWasDeleted() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(2)) {
            Place.flush(store, List.of("x"), List.of());
            FaultyFileSystem slow = new FaultyFileSystem(place.files, 0);
            slow.hook(operation -> {
                if (operation.contains("-m0.avro")) {
                    slow.hook(ignored -> {});
                    place.publish();
                }
            });
            assertThrows(ValidationException.class, () -> place.through(slow).publish());
            assertShown(place, store);
        }
    }

    @Test
    void aTableNeverGoesBack() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        ManifestLog log = new ManifestLog(place.files, place.store.child("manifests"));
        Map<String, String> shown = place.shown();
        try (VectorStore store = place.open(2)) {
            Place.flush(store, List.of("x"), List.of());
            place.publish();
            shown = place.shown();
            log.delete(store.manifest().version());
        }
        String message =
                assertThrows(IllegalStateException.class, place::publish).getMessage();
        assertTrue(message.startsWith("table shows a later manifest than there is"), message);
        assertEquals(shown, place.shown());
        try (VectorStore store = place.open(3)) {
            // as many manifests as were published, but others
            assertEquals(6, store.manifest().version());
            assertThrows(IllegalStateException.class, place::publish);
            assertEquals(shown, place.shown());
            Place.flush(store, List.of("y"), List.of());
            assertShown(place, store);
            log.delete(store.manifest().version());
            assertThrows(IllegalStateException.class, place::publish);
        }
        // unless somebody says that it is meant
        try (Tables tables = place.tables();
                VectorStore store = place.open(4)) {
            assertTrue(tables.catalog().dropTable(TableIdentifier.of(Place.NAMESPACE, place.collection.name()), false));
            assertShown(place, store);
        }
    }

    @Test
    void whatTheTableNamesIsNotCollected() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(2, new StoreSettings(1 << 20, 1))) {
            place.publish();
            Map<String, String> shown = place.shown();
            for (int i = 0; i < 5; i++) {
                Place.flush(store, List.of("n" + i), List.of("a"));
                store.compact(names(store), 0);
                store.collect(1);
                assertEquals(shown, place.shown(), "at " + i);
            }
            assertShown(place, store);
            // a query that began before
            try (Tables tables = place.tables()) {
                Table table = Place.table(tables);
                store.collect(1);
                assertEquals(shown, place.rows(table, table.currentSnapshot().parentId()));
            }
            Place.flush(store, List.of("o"), List.of());
            place.publish();
            store.collect(1);
            assertEquals(
                    2,
                    new ManifestLog(place.files, place.store.child("manifests"))
                            .versions()
                            .size());
            assertShown(place, store);
        }
    }

    @Test
    void snapshotsGoWithTheirManifests() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(2)) {
            for (int i = 0; i < 30; i++) {
                Place.flush(store, List.of("n" + i), List.of("n" + (i - 1)));
                store.collect(1);
                assertShown(place, store);
                try (Tables tables = place.tables()) {
                    int snapshots = 0;
                    for (Snapshot snapshot : Place.table(tables).snapshots()) {
                        snapshots++;
                        assertNotEquals(
                                List.of(),
                                snapshot.allManifests(Place.table(tables).io()));
                    }
                    assertTrue(snapshots <= 3, "snapshots=" + snapshots);
                }
                if (i % 10 == 9) {
                    store.compact(names(store), 0);
                }
            }
            assertEquals(
                    Set.of(),
                    leftOver(place).stream()
                            .filter(file -> !file.startsWith("deletes/"))
                            .collect(java.util.stream.Collectors.toSet()));
        }
    }

    @Test
    void whatOthersWriteIntoTheTableIsTakenOut() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (VectorStore store = place.open(2)) {
            place.publish();
            try (Tables tables = place.tables()) {
                Table table = Place.table(tables);
                table.newAppend()
                        .appendFile(DataFiles.builder(table.spec())
                                .withPath("memory:/elsewhere.parquet")
                                .withFormat(FileFormat.PARQUET)
                                .withFileSizeInBytes(1)
                                .withRecordCount(1)
                                .build())
                        .commit();
            }
            assertShown(place, store);
        }
    }

    @Test
    void aCollectionThatIsCreatedAgainGetsATableOfItsOwn() throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        published(files, home);
        Place again = new Place(files, home, new UUID(2, 2));
        try (VectorStore store = again.open(1)) {
            Place.flush(store, List.of("z"), List.of());
            assertShown(again, store);
        }
        assertEquals(List.of(), files.list(Place.ROOT.child("iceberg").child(new UUID(1, 1).toString())));
    }

    @Test
    void theTableOfADroppedCollectionGoesWithItsStore() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (Tables tables = place.tables()) {
            TablePublisher publisher = place.publisher(tables, "main");
            assertEquals(List.of(), publisher.dropOthers(Place.ROOT, Set.of(place.collection.id())));
            assertThrows(IllegalStateException.class, () -> publisher.dropOthers(Place.ROOT, Set.of()));
            assertEquals(List.of(), publisher.dropOthers(Location.parse("memory:/other"), Set.of()));
            place.files.deleteTree(place.store);
            assertEquals(List.of("vectors.docs"), publisher.dropOthers(Place.ROOT, Set.of()));
            assertEquals(List.of(), tables.catalog().listTables(Place.NAMESPACE));
        }
        assertEquals(List.of(), place.files.list(Place.ROOT.child("iceberg")));
    }

    @Test
    void aTableOfAnotherStoreIsLeftAlone() throws IOException {
        Place place = published(new MemoryFileSystem(), home);
        try (Tables tables = place.tables()) {
            Place.table(tables)
                    .updateProperties()
                    .set("seawall.store", "memory:/another/store")
                    .commit();
        }
        assertThrows(IllegalStateException.class, place::publish);
    }

    /** Four manifests, the last of which is published. */
    private static Place published(MemoryFileSystem files, Path catalog) throws IOException {
        Place place = new Place(files, catalog);
        try (VectorStore store = place.open(1)) {
            Place.flush(store, List.of("a", "b", "c", "d"), List.of());
            Place.flush(store, List.of("b", "e"), List.of("d"));
            Place.flush(store, List.of("f"), List.of());
            assertShown(place, store);
        }
        return place;
    }

    private static List<String> names(VectorStore store) {
        return store.manifest().parts().stream().map(PartEntry::name).toList();
    }

    private static Set<String> files(Place place) throws IOException {
        Set<String> names = new HashSet<>();
        Location table = Place.ROOT.child("iceberg").child(place.collection.id().toString());
        for (FileInfo directory : place.files.list(table)) {
            assertTrue(directory.directory());
            for (FileInfo file : place.files.list(directory.location())) {
                assertFalse(file.directory());
                names.add(directory.name() + "/" + file.name());
            }
        }
        return names;
    }

    private static void assertShown(Place place, VectorStore store) throws IOException {
        assertEquals(OptionalLong.of(store.manifest().version()), place.publish());
        assertEquals(Place.held(store), place.shown());
        try (Tables tables = place.tables()) {
            Snapshot snapshot = Place.table(tables).currentSnapshot();
            assertEquals(
                    List.of(
                            Long.toString(store.manifest().version()),
                            Long.toString(store.flushed()),
                            Long.toString(store.manifest().epoch())),
                    List.of(
                            snapshot.summary().get("seawall.manifest-version"),
                            snapshot.summary().get("seawall.flushed-sequence"),
                            snapshot.summary().get("seawall.epoch")));
        }
    }
}
