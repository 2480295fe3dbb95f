package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.store.VectorStore;

/** When something is published, by a clock of the test's own. */
class PublisherTest {
    @TempDir
    private Path home;

    @Test
    void aFlushIsPublishedAfterATimeAndManyAtOnce() throws IOException {
        Place place = new Place(new MemoryFileSystem(), home);
        Publisher publisher = publisher(place, 60, 3);
        try (VectorStore store = place.open(1)) {
            look(publisher, place, place.files, 0);
            assertEquals("1", version(place), "the first at once");
            Place.flush(store, List.of("a"), List.of());
            look(publisher, place, place.files, 10_000);
            look(publisher, place, place.files, 69_999);
            assertEquals("1", version(place));
            look(publisher, place, place.files, 70_000);
            assertEquals("2", version(place), "after a minute");

            Place.flush(store, List.of("b"), List.of());
            Place.flush(store, List.of("c"), List.of());
            look(publisher, place, place.files, 80_000);
            assertEquals("2", version(place));
            Place.flush(store, List.of("d"), List.of());
            look(publisher, place, place.files, 80_001);
            assertEquals("5", version(place), "three at once");
            look(publisher, place, place.files, 80_002);
            assertEquals("5", version(place));
        }
    }

    @Test
    void whatFailsIsTriedAgainAfterAPauseThatGrows() throws IOException {
        Place place = new Place(new MemoryFileSystem(), home);
        FaultyFileSystem broken = new FaultyFileSystem(place.files, 0);
        int[] attempts = new int[1];
        broken.hook(operation -> {
            if (operation.contains("-m0.avro")) {
                attempts[0]++;
                throw new IOException("broken");
            }
        });
        Publisher publisher = publisher(place, 1, 0);
        try (VectorStore store = place.open(1)) {
            Place.flush(store, List.of("a"), List.of());
            for (int second = 0; second < 100; second++) {
                look(publisher, place, broken, second * 1_000L);
            }
            // at 0, 1, 3, 7, 15, 31, 63
            assertEquals(7, attempts[0]);
            broken.hook(operation -> {});
            look(publisher, place, broken, 126_999);
            assertEquals("none", version(place));
            look(publisher, place, broken, 127_000);
            assertEquals(Long.toString(store.manifest().version()), version(place));
        }
    }

    @Test
    void aCollectionThatFailsKeepsNoOther() throws IOException {
        Place place = new Place(new MemoryFileSystem(), home);
        UUID id = new UUID(5, 5);
        place.files.create(
                Place.ROOT.child(id.toString()).child("manifests").child("manifest-0000000000000000001"), List.of());
        Place damaged = new Place(place.files, home, id, "damaged");
        Publisher publisher = publisher(place, 60, 3);
        try (VectorStore store = place.open(1)) {
            Place.flush(store, List.of("a"), List.of());
            publisher.look(List.of(damaged.collection, place.collection), place.files, 0);
            assertEquals(Place.held(store), place.shown());
        }
    }

    @Test
    void theTableOfACollectionThatWasDroppedWhileNobodyLookedGoes() throws IOException {
        Place place = new Place(new MemoryFileSystem(), home);
        place.open(1).close();
        place.publish();
        Publisher publisher = publisher(place, 60, 3);
        publisher.look(List.of(), place.files, 0);
        assertEquals("1", version(place), "while its store is there");
        place.files.deleteTree(place.store);
        publisher.look(List.of(), place.files, 1_000);
        assertEquals("gone", version(place));

        Place another = new Place(place.files, home, new UUID(2, 2));
        another.open(1).close();
        look(publisher, another, place.files, 70_000);
        assertEquals("1", version(another));
        place.files.deleteTree(another.store);
        publisher.look(List.of(), place.files, 80_000);
        assertEquals("gone", version(another));
    }

    private static Publisher publisher(Place place, int seconds, int flushes) {
        return new Publisher(new IcebergSettings("main", "main", Place.ROOT, place.settings, seconds, flushes));
    }

    private static void look(Publisher publisher, Place place, FileSystem files, long now) {
        publisher.look(List.of(place.collection), files, now);
    }

    private static String version(Place place) throws IOException {
        try (Tables tables = place.tables()) {
            var snapshot = Place.table(tables).currentSnapshot();
            return snapshot == null ? "none" : snapshot.summary().get("seawall.manifest-version");
        } catch (NoSuchTableException e) {
            return "gone";
        }
    }
}
