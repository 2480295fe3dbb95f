package org.seawall.core.catalog;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * Moves collections from one place to another while they are appended to, between all steps. A state is the ids of the entries
 * by collection.
 */
final class MoveScenario implements Scenario<SortedMap<String, List<String>>> {
    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 1);
    private static final AvroSerializer AVRO = new AvroSerializer(1 << 20);
    private static final List<String> NAMES = List.of("one", "two");
    private static final int ROUNDS = 20;
    private static final long FENCE_BYTES = 4_096;

    /**
     * One of the two places.
     *
     * @param name of its directory
     * @param strategy writes there
     * @param locks whether its file system has locks
     */
    record Side(String name, WriteStrategy strategy, boolean locks) {
        private FileSystem files(Storage storage) {
            return locks ? storage.files() : Unlocked.of(storage.files());
        }

        private Location root(Storage storage) {
            return storage.directory().child(name);
        }
    }

    private final Side from;
    private final Side to;
    private final Clock clock;

    MoveScenario(Side from, Side to, Clock clock) {
        this.from = from;
        this.to = to;
        this.clock = clock;
    }

    /** An open catalog with its one directory. */
    private record Open(StoredCatalog catalog, StorageDirectory directory) {}

    private Open open(Storage storage, Side place, Side other) {
        StorageDirectory directory = new StorageDirectory(
                "test", place.root(storage).toString(), new DirectoryThreads(Runnable::run, Runnable::run));
        directory.offer(session(storage, place));
        directory.olds().offer(Map.of(other.root(storage).toString(), session(storage, other)));
        StoredCatalog catalog = StoredCatalog.open(new CatalogSession(
                "test",
                session(storage, new Side("catalog", new ObjectStrategy(Runnable::run), from.locks())),
                storage.directory().child("catalog"),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                1000));
        catalog.attendance().attend(directory);
        return new Open(catalog, directory);
    }

    private Session session(Storage storage, Side side) {
        Backend backend = new Backend(side.files(storage), side.strategy(), AVRO, List.of(AVRO), clock);
        return new Session(backend, SETTINGS, Runnable::run, "test");
    }

    @Override
    public SortedMap<String, List<String>> nothing() {
        return new TreeMap<>();
    }

    @Override
    public void run(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        Open open = open(storage, from, to);
        try (StoredCatalog catalog = open.catalog()) {
            Notes notes = new Notes(catalog, ledger);
            for (String name : NAMES) {
                notes.create(name);
                notes.append(name, "a");
            }
            log(catalog, "one").roll();
            notes.append("one", "b");
            log(catalog, "one").snapshot();
            notes.append("one", "c");
            move(storage, open, notes);
        }
    }

    /** Goes on after a failure, as the background does. */
    private void move(Storage storage, Open open, Notes notes) throws IOException {
        Attendance attendance = open.catalog().attendance();
        CollectionMoves moves = open.catalog().moves();
        StorageDirectory directory = open.directory();
        String target = to.root(storage).toString();
        for (int i = 0; i < ROUNDS && (!directory.url().equals(target) || moves.due(directory)); i++) {
            try {
                if (!directory.url().equals(target)) {
                    attendance.move(directory, target, session(storage, to));
                }
            } catch (IOException | SeawallException e) {
                continue;
            }
            attendance.attend(directory);
            bringOver(moves, directory, () -> notes.appendAll("during"));
        }
        if (moves.due(directory)) {
            boolean ended = storage.files() instanceof FaultyFileSystem process && process.stopped();
            String words = "not moved in time, collections="
                    + open.catalog().all().stream().map(OpenCollection::status).toList();
            if (!ended) {
                throw new AssertionError(words);
            }
            throw new IOException(words);
        }
    }

    private static void bringOver(CollectionMoves moves, StorageDirectory directory, Runnable between) {
        moves.switchOver(directory);
        between.run();
        if (moves.copy(directory)) {
            between.run();
            moves.settle(directory);
        }
        between.run();
        moves.clean(directory);
    }

    @Override
    public void recover(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        Open open = open(storage, to, from);
        try (StoredCatalog catalog = open.catalog()) {
            ledger.recovered(read(catalog));
            Notes notes = new Notes(catalog, ledger);
            String name = "r" + catalog.list().size();
            notes.create(name);
            bringOver(catalog.moves(), open.directory(), () -> notes.appendAll("later"));
            SortedMap<String, List<String>> whole = read(catalog);
            requireMoved(storage, open);
            catalog.all().forEach(collection -> collection.log().snapshot());
            if (!whole.equals(read(catalog))) {
                throw new AssertionError("content changed, before=" + whole + ", after=" + read(catalog));
            }
        }
    }

    private void requireMoved(Storage storage, Open open) throws IOException {
        if (open.catalog().moves().due(open.directory())) {
            throw new AssertionError("not moved");
        }
        List<String> left = from.files(storage).list(from.root(storage)).stream()
                .filter(FileInfo::directory)
                .filter(directory -> from.locks() || !fencesAlone(directory, storage))
                .map(FileInfo::name)
                .toList();
        List<String> known =
                open.catalog().list().stream().map(info -> info.id().toString()).toList();
        if (left.stream().anyMatch(known::contains)) {
            throw new AssertionError("old place is not empty, left=" + left);
        }
    }

    /** On a storage without locks they stay. */
    private boolean fencesAlone(FileInfo directory, Storage storage) {
        try {
            return from.files(storage).list(directory.location()).stream()
                            .allMatch(info -> info.name().equals("segments"))
                    && from.files(storage).list(directory.location().child("segments")).stream()
                            .allMatch(info -> info.size() < FENCE_BYTES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BatchLog log(StoredCatalog catalog, String name) {
        return catalog.collection(name).log();
    }

    private static SortedMap<String, List<String>> read(StoredCatalog catalog) throws IOException {
        SortedMap<String, List<String>> state = new TreeMap<>();
        for (OpenCollection collection : catalog.all()) {
            if (collection.status().state() != LogState.OPEN) {
                throw new IOException("collection is not open, " + collection.status());
            }
            List<String> ids = new ArrayList<>();
            try (LogReader reader = collection.log().read(1)) {
                for (var next = reader.poll(); next.isPresent(); next = reader.poll()) {
                    ids.add(next.get().entry().id());
                }
            }
            state.put(collection.info().name(), ids);
        }
        return state;
    }

    /** Changes collections and writes it down. What fails may or may not take place. */
    private record Notes(StoredCatalog catalog, Ledger<SortedMap<String, List<String>>> ledger) {
        private void noted(String name, String id, Runnable change) {
            ledger.submitted(old -> {
                SortedMap<String, List<String>> state = new TreeMap<>();
                old.forEach((key, ids) -> state.put(key, new ArrayList<>(ids)));
                if (id.isEmpty()) {
                    state.putIfAbsent(name, new ArrayList<>());
                } else if (state.containsKey(name)) {
                    state.get(name).add(id);
                }
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
            noted(name, "", () -> catalog.create(CollectionSpec.payloads(name)));
        }

        void append(String name, String id) {
            noted(
                    name,
                    id,
                    () -> log(catalog, name)
                            .append(AVRO.encode(List.of(Entry.payload(id, new byte[] {7})), 1))
                            .join());
        }

        /** Whoever is not open at the moment is left out. */
        void appendAll(String prefix) {
            for (OpenCollection collection : catalog.all()) {
                if (collection.status().state() == LogState.OPEN) {
                    String name = collection.info().name();
                    try {
                        append(name, prefix + collection.log().memtable().lastSequence());
                    } catch (SeawallException | CompletionException e) {
                        // an append that fails is recovered, and what became of it is in the ledger
                    }
                }
            }
        }
    }
}
