package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogReader;
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
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/**
 * One process moves a log between storages without locks, and another takes it over, in the old place or in the new one, at
 * every operation of the move. Whoever of them is told that something is written, it is there.
 */
class MoveRaceTest {
    private static final AvroSerializer AVRO = new AvroSerializer(1 << 20);
    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 1);
    private static final String OLD = "memory:/old";
    private static final String NEW = "memory:/new";

    private final List<String> acknowledged = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void whoeverHasItNothingIsLost(String configured) throws Exception {
        int raced = 0;
        int fenced = 0;
        for (int operation = 1; race(operation, configured); operation++) {
            raced++;
            fenced += acknowledged.contains("mover-last") ? 0 : 1;
        }
        System.out.println(
                "move raced by a process at " + configured + ", moments: " + raced + ", mover fenced in " + fenced);
        assertTrue(raced > 30, "a move has more operations than that");
        assertTrue(fenced > 0 && fenced <= raced, "nobody was fenced");
    }

    /** Another process comes at an operation of the move; false if it has fewer. */
    private boolean race(int operation, String configured) throws Exception {
        acknowledged.clear();
        MemoryFileSystem storage = new MemoryFileSystem();
        FaultyFileSystem mine = new FaultyFileSystem(storage, 0);
        boolean came = false;
        try (Host mover = new Host(Unlocked.of(mine), OLD)) {
            mover.catalog.create(CollectionSpec.payloads("a"));
            mover.append("first");
            List<Host> others = new ArrayList<>();
            int[] left = {operation};
            mine.hook(name -> {
                left[0]--;
                if (left[0] == 0) {
                    others.add(other(storage, configured));
                }
            });
            mover.move();
            mover.append("mover-last");
            mine.hook(name -> {});
            came = !others.isEmpty();
            for (Host other : others) {
                other.append("other-last");
                other.close();
            }
        }
        try (Host end = new Host(Unlocked.of(storage), NEW)) {
            end.move();
            List<String> ids = end.ids();
            assertEquals(
                    acknowledged.stream().sorted().toList(),
                    ids.stream().filter(acknowledged::contains).sorted().toList(),
                    () -> "at operation " + operation + ", log=" + ids);
            end.append("end");
            assertTrue(acknowledged.contains("end"), "it goes on");
            assertEquals(NEW, end.catalog.collection("a").place().url());
        }
        return came;
    }

    private Host other(FileSystem storage, String configured) {
        Host other = new Host(Unlocked.of(storage), configured);
        other.append("other-first");
        if (configured.equals(NEW)) {
            other.move();
        }
        other.append("other-second");
        return other;
    }

    /** A process with the catalog and its one directory. */
    private final class Host implements AutoCloseable {
        private final FileSystem files;
        private final StorageDirectory directory;
        private final StoredCatalog catalog;

        Host(FileSystem files, String url) {
            this.files = files;
            directory = new StorageDirectory("test", url, new DirectoryThreads(Runnable::run, Runnable::run));
            directory.offer(session());
            directory.olds().offer(Map.of(OLD, session(), NEW, session()));
            catalog = StoredCatalog.open(new CatalogSession(
                    "test",
                    session(),
                    Location.parse("memory:/catalog"),
                    new Directories(List.of(directory)),
                    CollectionSettings.of(Map.of()),
                    1000));
            catalog.attendance().attend(directory);
        }

        private Session session() {
            Backend backend =
                    new Backend(files, new ObjectStrategy(Runnable::run), AVRO, List.of(AVRO), Clock.systemUTC());
            return new Session(backend, SETTINGS, Runnable::run, "test");
        }

        /** To the new place, if this process is configured so or is told so by now. */
        void move() {
            if (files instanceof Unlocked unlocked && unlocked.files() instanceof FaultyFileSystem) {
                try {
                    catalog.attendance().move(directory, NEW, session());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            for (int i = 0; i < 3; i++) {
                catalog.attendance().attend(directory);
                catalog.moves().switchOver(directory);
                append("during" + i + "-" + System.identityHashCode(this));
                if (catalog.moves().copy(directory, Runnable::run)) {
                    catalog.moves().settle(directory);
                }
                catalog.moves().clean(directory);
            }
        }

        void append(String id) {
            try {
                catalog.collection("a")
                        .log()
                        .append(AVRO.encode(List.of(Entry.payload(id, new byte[] {7})), 1))
                        .join();
                acknowledged.add(id);
            } catch (SeawallException | CompletionException e) {
                // not told that it is written: fenced, or on its way
            }
        }

        List<String> ids() {
            List<String> ids = new ArrayList<>();
            BatchLog log = catalog.collection("a").log();
            try (LogReader reader = log.read(1)) {
                for (var next = reader.poll(); next.isPresent(); next = reader.poll()) {
                    ids.add(next.get().entry().id());
                }
            }
            return ids;
        }

        @Override
        public void close() {
            catalog.close();
        }
    }
}
