package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.SeveralDisks.append;
import static org.seawall.core.SeveralDisks.await;
import static org.seawall.core.SeveralDisks.collection;
import static org.seawall.core.SeveralDisks.ids;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.SequenceRange;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.OperationHook;

/** The directory of a log is another one by its configuration, while the log takes appends. */
class MoveTest {
    private static final long PATIENCE_MILLIS = 60_000;

    private final MovingLog moving = new MovingLog();
    private OpenLog log;

    @BeforeEach
    void openLog() throws Exception {
        log = moving.open(moving.files);
        log.catalog().create(CollectionSpec.payloads("a"));
        append(log, "a", "first");
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void whatIsWrittenIsInTheNewPlaceAtOnceAndTheRestFollows() throws Exception {
        log.roll("a");
        append(log, "a", "second");
        log.snapshot("a");
        append(log, "a", "third");
        moving.change(log, moving.objects);
        append(log, "a", "fourth");
        assertEquals(List.of("first", "second", "third", "fourth"), ids(log, "a"));
        assertMoved(moving.files, moving.objects);
        append(log, "a", "fifth");
        log.snapshot("a");
        restart(moving.objects);
        assertEquals(List.of("first", "second", "third", "fourth", "fifth"), ids(log, "a"));
    }

    @Test
    void thereAndBackAgain() throws Exception {
        List<String> ids = new ArrayList<>(List.of("first"));
        Disk from = moving.files;
        for (Disk to : List.of(moving.objects, moving.others, moving.files, moving.objects, moving.files)) {
            moving.change(log, to);
            append(log, "a", "n" + ids.size());
            ids.add("n" + ids.size());
            assertMoved(from, to);
            assertEquals(ids, ids(log, "a"));
            restart(to);
            assertEquals(ids, ids(log, "a"));
            from = to;
        }
    }

    @Test
    void nobodyWhoAppendsNotices() throws Exception {
        for (int i = 0; i < 3; i++) {
            log.catalog().create(CollectionSpec.payloads("c" + i));
        }
        AtomicBoolean end = new AtomicBoolean();
        List<CompletableFuture<List<String>>> writers = IntStream.range(0, 16)
                .mapToObj(writer -> CompletableFuture.supplyAsync(() -> write(writer, end)))
                .toList();
        Disk from = moving.files;
        for (Disk to : List.of(moving.objects, moving.files, moving.others, moving.files)) {
            moving.change(log, to);
            assertMoved(from, to);
            from = to;
        }
        end.set(true);
        List<List<String>> written = new ArrayList<>();
        for (CompletableFuture<List<String>> writer : writers) {
            written.add(writer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        restart(moving.files);
        for (int i = 0; i < written.size(); i++) {
            String mine = i + "-";
            assertTrue(written.get(i).size() > 10, "writers were at work");
            assertEquals(
                    written.get(i),
                    ids(log, "c" + i % 3).stream()
                            .filter(id -> id.startsWith(mine))
                            .toList());
        }
    }

    private List<String> write(int writer, AtomicBoolean end) {
        List<String> written = new ArrayList<>();
        while (!end.get()) {
            String id = writer + "-" + written.size();
            append(log, "c" + writer % 3, id);
            written.add(id);
        }
        return written;
    }

    @Test
    void whatWasConfiguredWhileNothingRanIsMovedAtTheStart() throws Exception {
        log.catalog().create(CollectionSpec.payloads("b"));
        append(log, "b", "x");
        restart(moving.objects);
        assertEquals(List.of("first"), ids(log, "a"));
        append(log, "a", "second");
        assertMoved(moving.files, moving.objects);
        restart(moving.objects);
        assertEquals(List.of("first", "second"), ids(log, "a"));
        assertEquals(List.of("x"), ids(log, "b"));
    }

    @Test
    void aPlaceThatIsNotThereKeepsNobodyFromAppending() throws Exception {
        moving.objects.files().hook(operation -> {
            throw new IOException("not there, operation=" + operation);
        });
        moving.change(log, moving.objects);
        append(log, "a", "second");
        assertEquals(moving.files.url(), collection(log, "a").url());
        String detail = log.status().directories().get(0).detail();
        assertTrue(detail.contains("not moved to " + moving.objects.url() + " yet"), detail);
        moving.objects.heal();
        moving.change(log, moving.objects);
        append(log, "a", "third");
        assertMoved(moving.files, moving.objects);
        restart(moving.objects);
        assertEquals(List.of("first", "second", "third"), ids(log, "a"));
    }

    /** Whether the catalog says that the collection is in the new place is not known: who appends waits until it is. */
    @Test
    void nobodyGoesOnWhileItIsNotKnownWhereTheCollectionIs() throws Exception {
        moving.catalog.hook(new OperationHook() {
            @Override
            public void before(String operation) throws IOException {
                if (!operation.startsWith("create op_")) {
                    throw new IOException("catalog is not there, operation=" + operation);
                }
            }

            @Override
            public void after(String operation) throws IOException {
                throw new IOException("no answer, operation=" + operation);
            }
        });
        moving.change(log, moving.others);
        await("tried", () -> collection(log, "a").detail().contains("it is not known where it is"));
        CompletableFuture<SequenceRange> waiting = log.append("a", List.of(Entry.payload("second", new byte[1])));
        assertFalse(waiting.isDone());
        moving.catalog.hook(OperationHook.NONE);
        await("known", () -> {
            moving.change(log, moving.others);
            return waiting.isDone();
        });
        assertEquals(2, waiting.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).first());
        assertMoved(moving.files, moving.others);
        restart(moving.others);
        assertEquals(List.of("first", "second"), ids(log, "a"));
    }

    /** What is copied is not replaced meanwhile; what would do that says so. */
    @Test
    void inTheMiddleOfAMoveThereIsNoSnapshot() throws Exception {
        stuck(moving.others);
        LogUnavailableException refused = assertThrows(LogUnavailableException.class, () -> log.snapshot("a"));
        assertTrue(refused.getMessage().contains("moves from one place to another"), refused.getMessage());
        assertThrows(LogUnavailableException.class, () -> log.compact("a"));
        log.roll("a");
        moving.files.heal();
        assertMoved(moving.files, moving.others);
        log.snapshot("a");
        assertEquals(List.of("first", "second"), ids(log, "a"));
    }

    /** Who writes needs nothing of what lies in the old place. */
    @Test
    void theOldFileSystemMayGoInTheMiddleOfAMove() throws Exception {
        stuck(moving.others);
        List<String> used = new ArrayList<>();
        moving.change(log, moving.others, Set.of());
        moving.files.files().hook(used::add);
        append(log, "a", "third");
        log.roll("a");
        append(log, "a", "fourth");
        assertEquals(List.of(), used, "services that have gone are used");
        assertEquals(LogState.OPEN, collection(log, "a").state());
        log.close();
        log = moving.openWithoutOlds(moving.others);
        await("known", () -> collection(log, "a").state() == LogState.UNAVAILABLE);
        String detail = collection(log, "a").detail();
        assertTrue(detail.contains("file is in a place that is not there"), detail);
        moving.files.heal();
        assertMoved(moving.files, moving.others);
        assertEquals(List.of("first", "second", "third", "fourth"), ids(log, "a"));
    }

    @Test
    void aDropInTheMiddleOfAMoveRemovesAllFiles() throws Exception {
        stuck(moving.others);
        log.catalog().drop("a");
        moving.files.heal();
        await("removed", () -> {
            moving.change(log, moving.others);
            return directories(moving.files).isEmpty()
                    && directories(moving.others).isEmpty();
        });
    }

    @Test
    void aProcessThatEndsInTheMiddleOfAMoveIsFollowedByOneThatEndsIt() throws Exception {
        stuck(moving.others);
        log.close();
        moving.files.heal();
        log = moving.open(moving.others);
        append(log, "a", "third");
        assertMoved(moving.files, moving.others);
        assertEquals(List.of("first", "second", "third"), ids(log, "a"));
    }

    /** The configuration changes again before anything is copied: one move is ended behind the other. */
    @Test
    void whoChangesHisMindInTheMiddleOfAMoveIsFollowed() throws Exception {
        stuck(moving.others);
        moving.change(log, moving.objects);
        append(log, "a", "third");
        moving.files.heal();
        assertMoved(moving.others, moving.objects);
        assertEquals(List.of(), directories(moving.files));
        restart(moving.objects);
        assertEquals(List.of("first", "second", "third"), ids(log, "a"));
        log.close();
        log = moving.open(moving.objects);
        stuckFrom(moving.objects, moving.files);
        moving.change(log, moving.objects);
        append(log, "a", "fifth");
        moving.objects.heal();
        await("back", () -> {
            moving.change(log, moving.objects);
            return collection(log, "a").detail().isEmpty()
                    && collection(log, "a").url().equals(moving.objects.url())
                    && directories(moving.files).isEmpty();
        });
        restart(moving.objects);
        assertEquals(List.of("first", "second", "third", "second", "fifth"), ids(log, "a"));
    }

    /** Moves, and nothing of the old place can be read for a copy. */
    private void stuck(Disk to) throws Exception {
        stuckFrom(moving.files, to);
    }

    private void stuckFrom(Disk from, Disk to) throws Exception {
        from.files().hook(operation -> {
            if (operation.startsWith("open wal_0") || operation.startsWith("list segments")) {
                throw new IOException("cannot be read, operation=" + operation);
            }
        });
        moving.change(log, to);
        await("tried", () -> collection(log, "a").detail().contains("cannot be read"));
        append(log, "a", "second");
    }

    private static List<String> directories(Disk disk) {
        return left(disk).stream().filter(name -> name.length() > 30).toList();
    }

    private void restart(Disk place) throws Exception {
        log.close();
        log = moving.open(place);
    }

    private void assertMoved(Disk from, Disk to) throws Exception {
        await("moved", () -> {
            moving.change(log, to);
            return collection(log, "a").detail().isEmpty() && left(from).isEmpty();
        });
        assertEquals(LogState.OPEN, collection(log, "a").state());
        assertEquals(to.url(), collection(log, "a").url());
    }

    /** What is in a place, but for the lock. */
    private static List<String> left(Disk disk) {
        try {
            return disk.content().list(Location.parse(disk.url())).stream()
                    .map(FileInfo::name)
                    .filter(name -> !name.equals("wal.lock"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
