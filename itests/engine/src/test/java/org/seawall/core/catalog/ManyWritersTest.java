package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogState;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
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
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.MemoryFileSystem;

/** Processes that share a catalog and know nothing of each other but what the storage tells, as on an object store. */
class ManyWritersTest {
    private static final int HOSTS = 4;
    private static final int EACH = 25;

    private final FileSystem files = new MemoryFileSystem(
            EnumSet.of(
                    Capability.CREATE_EXCLUSIVE,
                    Capability.CONDITIONAL_REPLACE,
                    Capability.STRONG_LIST,
                    Capability.RANGE_READ),
            0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AvroSerializer serializer = new AvroSerializer(1 << 24);
    private final List<StoredCatalog> open = new ArrayList<>();

    @AfterEach
    void stop() {
        open.forEach(StoredCatalog::close);
        threads.shutdown();
    }

    @Test
    void nobodysChangeIsLost() throws Exception {
        List<StoredCatalog> hosts = List.of(open(), open(), open(), open());
        List<Future<Void>> done = together(host -> {
            for (int i = 0; i < EACH; i++) {
                hosts.get(host).create(CollectionSpec.payloads("h" + host + "-" + i));
                if (i % 3 == 2) {
                    hosts.get(host).drop("h" + host + "-" + (i - 1));
                }
            }
            return null;
        });
        for (Future<Void> one : done) {
            one.get();
        }
        Set<String> expected = new TreeSet<>();
        for (int host = 0; host < HOSTS; host++) {
            for (int i = 0; i < EACH; i++) {
                if (i % 3 != 1 || i + 1 >= EACH) {
                    expected.add("h" + host + "-" + i);
                }
            }
        }
        hosts.forEach(host -> assertEquals(expected, names(host)));
        assertEquals(expected, names(open()));
    }

    @Test
    void ofTheSameNameOneIsCreated() throws Exception {
        List<StoredCatalog> hosts = List.of(open(), open(), open(), open());
        for (int round = 0; round < 20; round++) {
            String name = "c" + round;
            List<Future<CollectionInfo>> created =
                    together(host -> hosts.get(host).create(CollectionSpec.payloads(name)));
            List<CollectionInfo> winners = new ArrayList<>();
            for (Future<CollectionInfo> one : created) {
                try {
                    winners.add(one.get());
                } catch (ExecutionException e) {
                    assertInstanceOf(CollectionExistsException.class, e.getCause());
                }
            }
            assertEquals(1, winners.size());
            hosts.forEach(host -> assertEquals(winners.get(0), host.find(name).orElseThrow()));
        }
    }

    @Test
    void eachGoesOnWithItsOwnUntilAnotherUsesIt() {
        StoredCatalog here = open();
        StoredCatalog there = open();
        here.create(CollectionSpec.payloads("ours"));
        append(here, "a");
        there.create(CollectionSpec.payloads("theirs"));
        assertEquals(Set.of("ours", "theirs"), names(there));
        OpenCollection seen = there.all().stream()
                .filter(one -> one.info().name().equals("ours"))
                .findFirst()
                .orElseThrow();
        assertEquals(LogState.WAITING, seen.status().state());
        append(here, "b");
        append(there, "c");
        assertEquals(3, there.collection("ours").log().memtable().lastSequence());
        CompletionException fenced = assertThrows(CompletionException.class, () -> append(here, "d"));
        assertInstanceOf(LogFencedException.class, fenced.getCause());
        assertTrue(fenced.getCause().getMessage().contains("epoch="), fenced.getCause()::getMessage);
        append(there, "e");
    }

    @Test
    void whatAnotherDroppedIsNotThere() {
        StoredCatalog here = open();
        StoredCatalog there = open();
        here.create(CollectionSpec.payloads("ours"));
        assertEquals(Set.of("ours"), names(there));
        there.drop("ours");
        assertEquals(Set.of(), names(here));
        assertThrows(CollectionNotFoundException.class, () -> here.drop("ours"));
        here.create(CollectionSpec.payloads("ours"));
        append(here, "a");
    }

    private interface Act<T> {
        T of(int host) throws Exception;
    }

    private <T> List<Future<T>> together(Act<T> act) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(HOSTS);
        List<Callable<T>> acts = new ArrayList<>();
        for (int host = 0; host < HOSTS; host++) {
            int at = host;
            acts.add(() -> {
                begin.await();
                return act.of(at);
            });
        }
        return threads.invokeAll(acts);
    }

    private void append(StoredCatalog host, String id) {
        Entry entry = Entry.payload(id, new byte[] {1});
        host.collection("ours")
                .log()
                .append(serializer.encode(List.of(entry), 1))
                .join();
    }

    private static Set<String> names(StoredCatalog host) {
        return host.list().stream().map(CollectionInfo::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private StoredCatalog open() {
        Location root = Location.parse("memory:/shared");
        Backend backend = new Backend(files, new ObjectStrategy(), serializer, List.of(serializer), Clock.systemUTC());
        Session session = new Session(backend, new EngineSettings(1 << 20, 0, 1 << 20, 2), threads, "test");
        StorageDirectory directory =
                new StorageDirectory("test", root.toString(), new DirectoryThreads(Runnable::run, threads));
        directory.offer(session);
        CatalogSession shared = new CatalogSession(
                "test",
                session,
                root.child("catalog"),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                5);
        StoredCatalog catalog = StoredCatalog.open(shared);
        open.add(catalog);
        return catalog;
    }
}
