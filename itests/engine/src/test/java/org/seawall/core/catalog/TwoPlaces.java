package org.seawall.core.catalog;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.catalog.CatalogStart.Remembered;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Limited;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;

/**
 * Two places for a catalog, each on a storage of its own kind, and a directory of collections on a third one like the first, as
 * one process sees them.
 */
record TwoPlaces(Storage storage, Kinds kinds) {
    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 1);
    private static final AvroSerializer AVRO = new AvroSerializer(1 << 20);
    private static final Set<Capability> DISK = EnumSet.complementOf(EnumSet.of(Capability.SEAL));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-06-28T14:20:00Z"), ZoneOffset.UTC);

    /** What the two storages can do. */
    enum Kinds {
        DISK_TO_DISK(DISK, DISK),
        DISK_TO_OBJECTS(DISK, Unlocked.OBJECTS),
        OBJECTS_TO_DISK(Unlocked.OBJECTS, DISK),
        OBJECTS_TO_OBJECTS(Unlocked.OBJECTS, Unlocked.OBJECTS);

        private final Set<Capability> old;
        private final Set<Capability> next;

        Kinds(Set<Capability> old, Set<Capability> next) {
            this.old = old;
            this.next = next;
        }
    }

    static Storage empty() {
        return new Storage(new MemoryFileSystem(DISK, 0), Location.parse("memory:/seawall"));
    }

    CatalogPlace old() {
        return place("old", kinds.old);
    }

    CatalogPlace next() {
        return place("next", kinds.next);
    }

    /** A place like the second one. */
    CatalogPlace third() {
        return place("third", kinds.next);
    }

    CatalogPlace place(String name, Set<Capability> capabilities) {
        FileSystem files = new Limited(storage.files(), capabilities);
        return new CatalogPlace(
                session(files, new ObjectStrategy()), storage.directory().child(name));
    }

    private CatalogPlace at(Location root) {
        return List.of(old(), next(), third()).stream()
                .filter(place -> place.root().equals(root))
                .findFirst()
                .orElseThrow();
    }

    private static Session session(FileSystem files, WriteStrategy strategy) {
        return new Session(new Backend(files, strategy, AVRO, List.of(AVRO), CLOCK), SETTINGS, Runnable::run, "test");
    }

    /** What the log whose catalog is configured in a place works with. */
    CatalogSession session(CatalogPlace place) {
        Location data = storage.directory().child("data");
        StorageDirectory directory =
                new StorageDirectory("test", data.toString(), new DirectoryThreads(Runnable::run, Runnable::run));
        boolean shared = !kinds.old.contains(Capability.LOCK);
        directory.offer(session(
                new Limited(storage.files(), kinds.old),
                shared ? new ObjectStrategy(Runnable::run) : new AppendStrategy()));
        return new CatalogSession(
                "test",
                place.session(),
                place.root(),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                3);
    }

    /** Opens what is configured, as a process that remembers another place. */
    StoredCatalog start(CatalogPlace configured, CatalogPlace remembered) throws IOException {
        Remembered last = new Remembered(remembered.root(), 1, "test.place");
        CatalogStart.Started started = new CatalogStart(session(configured), Optional.of(last), this::at).read();
        try {
            if (started.old().isPresent()) {
                new CatalogMove(at(started.old().get()), configured).release();
            }
            started.catalog().attendance().attendAll().join();
            return started.catalog();
        } catch (IOException | RuntimeException e) {
            started.catalog().close();
            throw e;
        }
    }

    static SortedMap<String, String> owners(StoredCatalog catalog) {
        SortedMap<String, String> owners = new TreeMap<>();
        for (CollectionInfo info : catalog.list()) {
            owners.put(info.name(), info.spec().owner());
        }
        return owners;
    }
}
