package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.SeveralDisks.append;
import static org.seawall.core.SeveralDisks.await;
import static org.seawall.core.SeveralDisks.collection;
import static org.seawall.core.SeveralDisks.directory;
import static org.seawall.core.SeveralDisks.ids;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seawall.CollectionStatus;
import org.seawall.Entry;
import org.seawall.LogFullException;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.SequenceRange;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

/** Collections on several directories, of which one hangs, is full or is not there. */
class SeveralDisksTest {
    private final SeveralDisks disks = new SeveralDisks();

    @Test
    void collectionsAreSpreadAndStayWhereTheyAre() throws Exception {
        Map<String, String> urls;
        try (OpenLog log = disks.open()) {
            for (int i = 0; i < 9; i++) {
                create(log, "c" + i);
                append(log, "c" + i, "a" + i, 100);
            }
            urls = urls(log);
            for (Disk disk : disks.all) {
                assertEquals(3, directory(log, disk).collections(), disk.url());
            }
            assertEquals("append, object", log.status().strategy());
        }
        try (OpenLog log = disks.open()) {
            assertEquals(urls, urls(log));
            for (int i = 0; i < 9; i++) {
                assertEquals(List.of("a" + i), ids(log, "c" + i));
                append(log, "c" + i, "b");
            }
        }
    }

    @Test
    void aNewCollectionGoesWhereTheLeastBytesAre() throws Exception {
        try (OpenLog log = disks.open()) {
            create(log, "large");
            append(log, "large", "a", 10_000);
            for (int i = 0; i < 4; i++) {
                create(log, "c" + i);
            }
            assertEquals(1, directory(log, disks.first).collections());
            assertEquals(2, directory(log, disks.second).collections());
            assertTrue(directory(log, disks.first).bytes() >= 10_000);
        }
        try (OpenLog log = disks.open()) {
            create(log, "after");
            assertFalse(collection(log, "after").url().equals(disks.first.url()), "bytes count after a start too");
        }
    }

    @Test
    void aDirectoryMayBeChosen() throws Exception {
        try (OpenLog log = disks.open()) {
            for (int i = 0; i < 3; i++) {
                log.catalog().create(CollectionSpec.payloads("c" + i), disks.third.url());
                assertEquals(disks.third.url(), collection(log, "c" + i).url());
            }
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> log.catalog().create(CollectionSpec.payloads("d"), "disk9:/wal"));
            assertTrue(refused.getMessage().contains("[disk1:/wal, disk2:/wal, disk3:/wal]"), refused.getMessage());
            assertThrows(CollectionExistsException.class, () -> create(log, "c1"));
        }
    }

    /** A force that never returns holds up its own directory and nothing else. */
    @Test
    void aDirectoryThatHangsHoldsUpItself() throws Exception {
        CountDownLatch reached = new CountDownLatch(3);
        CountDownLatch until = new CountDownLatch(1);
        try (OpenLog log = disks.open();
                Disk.Release release = until::countDown) {
            createOn(log, disks.first, "slow");
            createOn(log, disks.first, "slow-too");
            createOn(log, disks.second, "object");
            createOn(log, disks.third, "well");
            disks.first.hang("force", reached, until);
            CompletableFuture<SequenceRange> slow = log.append("slow", List.of(Entry.payload("s", new byte[1])));
            // as many as a directory has commit threads
            log.append("slow-too", List.of(Entry.payload("s", new byte[1])));
            CompletableFuture<?> more = CompletableFuture.runAsync(() -> createOn(log, disks.first, "slower"));
            reached.await();
            List<Entry> large = List.of(Entry.payload("l", new byte[30_000]));
            assertThrows(LogFullException.class, () -> {
                for (int i = 0; i < 3; i++) {
                    log.append("slow", large);
                }
            });
            for (int i = 0; i < 50; i++) {
                append(log, "object", "o" + i, 10_000);
                append(log, "well", "w" + i, 10_000);
            }
            log.snapshot("well");
            create(log, "new");
            assertFalse(collection(log, "new").url().equals(disks.first.url()), "not where a creation hangs");
            log.catalog().drop("object");
            assertFalse(slow.isDone());
            assertFalse(more.isDone());
            release.now();
            slow.join();
            more.join();
            assertEquals("s", ids(log, "slow").get(0));
        }
    }

    @Test
    void aFullDirectoryFailsItsCollectionsAndIsPassedOver() throws Exception {
        try (OpenLog log = disks.open()) {
            createOn(log, disks.first, "full");
            createOn(log, disks.second, "b");
            createOn(log, disks.third, "c");
            append(log, "b", "x", 1_000);
            append(log, "c", "x", 1_000);
            disks.first.fill();
            // the first directory has the least in it, and nothing has failed there yet
            create(log, "new");
            assertFalse(collection(log, "new").url().equals(disks.first.url()));
            assertThrows(CompletionException.class, () -> append(log, "full", "y"));
            assertEquals(LogState.FAILED, collection(log, "full").state());
            append(log, "b", "y");
            append(log, "c", "y");
            disks.first.heal();
            await("recovered", () -> collection(log, "full").state() == LogState.OPEN);
            append(log, "full", "z");
        }
    }

    @Test
    void aDiskThatIsNotMountedIsNotTakenForAnEmptyOne() throws Exception {
        MemoryFileSystem empty = new MemoryFileSystem();
        Mount mount = new Mount("disk2", empty, "disk2");
        writeOneEach();
        LogSettings settings = disks.settings(disks.all.stream().map(Disk::url).toList(), 0);
        try (OpenLog log =
                disks.open(settings, disks.first.bound(), disks.second.boundTo(mount), disks.third.bound())) {
            assertEquals(LogState.UNAVAILABLE, directory(log, disks.second).state());
            assertTrue(
                    directory(log, disks.second).detail().contains("is it mounted?"),
                    () -> log.status().toString());
            assertEquals(LogState.UNAVAILABLE, collection(log, "on2").state());
            assertThrows(LogUnavailableException.class, () -> append(log, "on2", "lost"));
            assertTrue(empty.list(Location.parse(disks.second.url())).isEmpty(), "nothing is written to what is there");
            append(log, "on1", "more");
            create(log, "new");
            assertFalse(collection(log, "new").url().equals(disks.second.url()));

            mount.to(disks.second.files());
            await("up by itself", () -> collection(log, "on2").state() == LogState.OPEN);
            assertEquals(List.of("a"), ids(log, "on2"));
            append(log, "on2", "b");
        }
    }

    @Test
    void collectionsOfAUrlThatIsNotConfiguredAnyMoreWaitForItToBeMoved() throws Exception {
        writeOneEach();
        try (OpenLog log = disks.open(List.of(disks.first, disks.third))) {
            CollectionStatus gone = collection(log, "on2");
            assertEquals(LogState.UNAVAILABLE, gone.state());
            assertEquals(disks.second.url(), gone.url());
            assertTrue(gone.detail().contains("is moved to a configured directory, waits for"), gone::detail);
            assertEquals(List.of("a"), ids(log, "on1"));
        }
        // the order is of no importance, nor is the URL: each storage is known by its mark
        Disk moved = disks.second;
        try (OpenLog log = disks.open(
                disks.settings(List.of("elsewhere:/wal", disks.first.url(), disks.third.url()), 0),
                moved.boundTo(new Mount("elsewhere", moved.files(), "disk2")),
                disks.first.bound(),
                disks.third.bound())) {
            assertEquals(List.of("a"), ids(log, "on1"));
            assertEquals(List.of("a"), ids(log, "on2"));
            assertEquals("elsewhere:/wal", collection(log, "on2").url());
        }
    }

    @Test
    void aDroppedCollectionWhoseDiskIsAwayIsRemovedWhenItIsBack() throws Exception {
        writeOneEach();
        try (OpenLog log = disks.open(List.of(disks.first, disks.third))) {
            log.catalog().drop("on2");
        }
        Location root = Location.parse(disks.second.url());
        assertEquals(1, directories(root));
        disks.open().close();
        assertEquals(0, directories(root));
    }

    /** The log opens when nothing else gets on; what hangs comes up when it does not hang any more. */
    @Test
    void aDirectoryThatHangsAtTheStartIsNotWaitedForForEver() throws Exception {
        writeOneEach();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        disks.second.hang("find wal.storage", reached, until);
        try (OpenLog log = disks.open();
                Disk.Release release = until::countDown) {
            reached.await();
            assertEquals(LogState.OPEN, log.status().state());
            assertEquals(LogState.RECOVERING, collection(log, "on2").state());
            assertThrows(LogUnavailableException.class, () -> append(log, "on2", "early"));
            append(log, "on1", "b");
            append(log, "on3", "b");
            release.now();
            await("open", () -> collection(log, "on2").state() == LogState.OPEN);
            append(log, "on2", "b");
        }
    }

    @Test
    void aDirectoryWaitsForItsServicesAndTheOthersDoNot() throws Exception {
        writeOneEach();
        Binding.Directory nothing = Binding.Directory.without("waits for a file system for disk2:");
        List<Binding.Directory> without = List.of(disks.first.bound(), nothing, disks.third.bound());
        List<String> urls = disks.all.stream().map(Disk::url).toList();
        try (OpenLog log = disks.open(disks.settings(urls, 0), without.toArray(new Binding.Directory[0]))) {
            assertEquals(LogState.WAITING, directory(log, disks.second).state());
            assertEquals(
                    "waits for a file system for disk2:",
                    directory(log, disks.second).detail());
            append(log, "on1", "b");

            log.change().to(disks.binding(disks.all));
            await("open", () -> collection(log, "on2").state() == LogState.OPEN);
            append(log, "on2", "b");

            log.change().to(disks.bindingOf(without));
            assertEquals(LogState.WAITING, collection(log, "on2").state());
            assertEquals(List.of("a", "b"), ids(log, "on2"), "its memory is read");
            append(log, "on1", "c");
        }
        try (OpenLog log = disks.open()) {
            assertEquals(List.of("a", "b"), ids(log, "on2"));
            assertEquals(List.of("a", "b", "c"), ids(log, "on1"));
        }
    }

    @Test
    void aLogWithoutAnyDirectoryDoesNotOpen() throws Exception {
        writeOneEach();
        LogSettings settings = disks.settings(List.of(disks.first.url()), 0);
        LogUnavailableException refused = assertThrows(
                LogUnavailableException.class, () -> disks.open(settings, disks.first.boundTo(new MemoryFileSystem())));
        assertTrue(refused.getMessage().contains("is it mounted?"), refused.getMessage());
        disks.open().close();
    }

    @Test
    void aLogThatIsOpenedWithMoreThanItsBoundBehindItsSnapshotTakesOne() throws Exception {
        snapshotIsTakenWith(disks.settings(List.of(disks.first.url()), 4_000, 0));
    }

    @Test
    void aLogThatIsOpenedLongAfterItsSnapshotTakesOne() throws Exception {
        snapshotIsTakenWith(disks.settings(List.of(disks.first.url()), 0, 1));
    }

    private void snapshotIsTakenWith(LogSettings settings) throws Exception {
        try (OpenLog log = disks.open(List.of(disks.first))) {
            create(log, "c");
            append(log, "c", "a", 5_000);
        }
        long written;
        try (OpenLog log = disks.open(settings, disks.first.bound())) {
            Location snapshot = Location.parse(disks.first.url())
                    .child(collection(log, "c").id())
                    .child("snapshots")
                    .child("vectors_snapshot.avro");
            await("snapshot", () -> disks.first.content().find(snapshot).isPresent());
            written = disks.first.content().find(snapshot).orElseThrow().size();
        }
        try (OpenLog log = disks.open(List.of(disks.first))) {
            assertEquals(List.of("a"), ids(log, "c"));
            assertEquals(written, collection(log, "c").logBytes(), "nothing is behind the snapshot");
        }
    }

    private void writeOneEach() throws IOException {
        try (OpenLog log = disks.open()) {
            createOn(log, disks.first, "on1");
            createOn(log, disks.second, "on2");
            createOn(log, disks.third, "on3");
            Stream.of("on1", "on2", "on3").forEach(name -> append(log, name, "a"));
        }
    }

    private long directories(Location root) throws IOException {
        return disks.second.content().list(root).stream()
                .filter(info -> info.directory())
                .count();
    }

    private static void create(OpenLog log, String name) {
        log.catalog().create(CollectionSpec.payloads(name));
    }

    private static void createOn(OpenLog log, Disk disk, String name) {
        log.catalog().create(CollectionSpec.payloads(name), disk.url());
    }

    private static Map<String, String> urls(OpenLog log) {
        Map<String, String> urls = new TreeMap<>();
        log.status().collections().forEach(one -> urls.put(one.name(), one.url()));
        Set<String> used = new TreeSet<>(urls.values());
        assertEquals(3, used.size());
        return urls;
    }
}
