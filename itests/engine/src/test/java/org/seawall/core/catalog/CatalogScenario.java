package org.seawall.core.catalog;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LoggedEntry;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * Creates, changes, fills and drops collections, with a snapshot of the catalog every other change. A state is the
 * collections with their owner and the ids of their entries.
 */
final class CatalogScenario implements Scenario<SortedMap<String, List<String>>> {
    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 1);
    private static final AvroSerializer AVRO = new AvroSerializer(1 << 20);
    private static final int CHANGES_PER_SNAPSHOT = 2;

    private final Clock clock;

    CatalogScenario(Clock clock) {
        this.clock = clock;
    }

    private StoredCatalog open(Storage storage) {
        StorageDirectory directory = new StorageDirectory(
                "test", storage.directory().toString(), new DirectoryThreads(Runnable::run, Runnable::run));
        directory.offer(session(storage.files(), new AppendStrategy()));
        return StoredCatalog.open(new CatalogSession(
                "test",
                session(storage.files(), new ObjectStrategy()),
                storage.directory().child("catalog"),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                CHANGES_PER_SNAPSHOT));
    }

    private Session session(FileSystem files, WriteStrategy strategy) {
        return new Session(new Backend(files, strategy, AVRO, List.of(AVRO), clock), SETTINGS, Runnable::run, "test");
    }

    @Override
    public SortedMap<String, List<String>> nothing() {
        return new TreeMap<>();
    }

    @Override
    public void run(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        try (StoredCatalog catalog = open(storage)) {
            Notes notes = new Notes(catalog, ledger);
            try {
                notes.create("one");
                notes.append("one", "a");
                notes.create("two");
                notes.owner("one", "me");
                notes.drop("one");
                notes.create("one");
                notes.append("one", "b");
                notes.owner("two", "you");
                notes.drop("two");
            } catch (Exception e) {
                insist(notes, e);
                throw e;
            }
        }
    }

    /** What is acknowledged after a failure has to be there too. */
    private static void insist(Notes notes, Exception failure) {
        try {
            notes.create("three");
            notes.append("three", "z");
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void recover(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        try (StoredCatalog catalog = open(storage)) {
            ledger.recovered(read(catalog));
            Notes notes = new Notes(catalog, ledger);
            String name = "r" + catalog.list().size();
            notes.create(name);
            notes.append(name, "c");
            notes.owner(name, "them");
        }
    }

    private static SortedMap<String, List<String>> read(StoredCatalog catalog) throws IOException {
        SortedMap<String, List<String>> state = new TreeMap<>();
        for (OpenCollection collection : catalog.all()) {
            if (collection.status().state() != LogState.OPEN) {
                throw new IOException("collection is not open, " + collection.status());
            }
            CollectionInfo info = collection.info();
            List<String> content =
                    new ArrayList<>(List.of("owner=" + info.spec().owner()));
            ids(collection.log(), content::add);
            state.put(info.name(), content);
        }
        return state;
    }

    private static void ids(BatchLog log, Consumer<String> ids) {
        try (LogReader reader = log.read(1)) {
            for (var next = reader.poll(); next.isPresent(); next = reader.poll()) {
                ids.accept(next.map(LoggedEntry::entry).map(Entry::id).orElseThrow());
            }
        }
    }

    /** Changes a catalog and writes it down. What fails may or may not take place, and the others go on. */
    private record Notes(StoredCatalog catalog, Ledger<SortedMap<String, List<String>>> ledger) {
        private void noted(Consumer<SortedMap<String, List<String>>> effect, Runnable change) {
            ledger.submitted(old -> {
                SortedMap<String, List<String>> state = new TreeMap<>();
                old.forEach((name, content) -> state.put(name, new ArrayList<>(content)));
                effect.accept(state);
                return state;
            });
            try {
                change.run();
            } catch (SeawallException | CompletionException e) {
                ledger.failed();
                throw e;
            }
            ledger.acknowledged();
        }

        void create(String name) {
            noted(
                    state -> state.putIfAbsent(name, new ArrayList<>(List.of("owner="))),
                    () -> catalog.create(CollectionSpec.payloads(name)));
        }

        void drop(String name) {
            noted(state -> state.remove(name), () -> catalog.drop(name));
        }

        void owner(String name, String owner) {
            noted(
                    state -> state.computeIfPresent(name, (key, content) -> {
                        content.set(0, "owner=" + owner);
                        return content;
                    }),
                    () -> catalog.update(name, spec -> spec.withOwner(owner)));
        }

        void append(String name, String id) {
            noted(
                    state -> state.computeIfPresent(name, (key, content) -> {
                        content.add(id);
                        return content;
                    }),
                    () -> catalog.collection(name)
                            .log()
                            .append(AVRO.encode(List.of(Entry.payload(id, new byte[] {7})), 1))
                            .join());
        }
    }
}
