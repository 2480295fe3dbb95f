package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.store.Stores.NOW;
import static org.seawall.viper.store.Stores.row;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.OutcomeUnknownException;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.OperationHook;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/** What happens while something else is being written. */
class RaceTest {
    private final Storage storage = Storage.inMemory();

    /** Does something once, before the first operation that begins so. */
    private static final class Once implements OperationHook {
        private final String operation;
        private final Meanwhile meanwhile;
        private boolean done;

        interface Meanwhile {
            void happens() throws IOException;
        }

        Once(String operation, Meanwhile meanwhile) {
            this.operation = operation;
            this.meanwhile = meanwhile;
        }

        @Override
        public void before(String name) throws IOException {
            if (!done && name.startsWith(operation)) {
                done = true;
                meanwhile.happens();
            }
        }
    }

    @Test
    void whatIsDeletedDuringACompactionStaysDeleted() throws IOException {
        FaultyFileSystem files = new FaultyFileSystem(storage.files(), 1);
        try (VectorStore store = Stores.open(storage.through(files), 1)) {
            fill(store);
            Once flush = new Once("createAppendable", () -> {
                store.flush(new RowBatch(6, 8, List.of(row("b", 7)), List.of("f", "a")));
                store.collect();
            });
            // the compaction's own part comes first, the flush's behind it
            files.hook(flush);
            assertTrue(store.compact(names(store), NOW));
            assertTrue(flush.done);
            assertEquals(Set.of("b@7", "c@3", "d@4", "e@5"), new TreeSet<>(Stores.ids(store, NOW)));
            store.collect();
        }
        assertEquals(4, Stores.ids(Stores.open(storage, 2), NOW).size());
    }

    @Test
    void aCommitThatLosesItsVersionIsMadeAgainOnTheNewest() throws IOException {
        VectorStore first = Stores.open(storage, 1);
        fill(first);
        VectorStore second = Stores.open(storage, 1);
        second.flush(new RowBatch(6, 7, List.of(), List.of("d")));
        assertTrue(first.compact(names(first), NOW));
        assertEquals(7, first.flushed());
        assertFalse(Stores.ids(first, NOW).contains("d@4"));
        second.flush(new RowBatch(7, 8, List.of(row("c", 8)), List.of()));
        List<String> expected = List.of("a@1", "b@2", "e@5", "f@6", "c@8");
        assertEquals(expected, Stores.ids(second, NOW));
        assertEquals(expected, Stores.ids(Stores.open(storage, 2), NOW));
    }

    @Test
    void aFlushThatAnotherHasDoneIsLeftAlone() throws IOException {
        VectorStore first = Stores.open(storage, 1);
        VectorStore second = Stores.open(storage, 1);
        fill(first);
        assertEquals(6, second.flush(new RowBatch(0, 3, List.of(row("a", 1), row("b", 2), row("c", 3)), List.of())));
        assertEquals(6, Stores.ids(second, NOW).size());
        assertEquals(6, Stores.ids(Stores.open(storage, 2), NOW).size());
    }

    @Test
    void aCommitWhoseOutcomeIsNotKnownIsSettled() throws IOException {
        FaultyFileSystem files = new FaultyFileSystem(storage.files(), 1);
        try (VectorStore store = Stores.open(storage.through(files), 1)) {
            boolean[] told = new boolean[1];
            files.hook(new OperationHook() {
                @Override
                public void before(String operation) {}

                @Override
                public void after(String operation) {
                    if (!told[0] && operation.startsWith("create manifest-")) {
                        told[0] = true;
                        throw new OutcomeUnknownException("outcome unknown, operation=" + operation);
                    }
                }
            });
            fill(store);
            assertTrue(told[0]);
            assertEquals(6, Stores.ids(store, NOW).size());
            assertEquals(3, store.manifest().version(), "one manifest for each flush");
        }
    }

    @Test
    void aCompactionOfWhatAnotherHasCompactedIsGivenUp() throws IOException {
        VectorStore first = Stores.open(storage, 1);
        fill(first);
        VectorStore second = Stores.open(storage, 1);
        List<String> names = names(first);
        assertTrue(second.compact(names, NOW));
        first.compact(names, NOW);
        assertEquals(1, first.manifest().parts().size());
        assertEquals(6, Stores.ids(first, NOW).size());
    }

    @Test
    void aCollectionDuringAFlushLeavesItsFiles() throws IOException {
        for (String operation : List.of("createAppendable", "rename", "create", "forceDirectory")) {
            Storage fresh = Storage.inMemory();
            FaultyFileSystem files = new FaultyFileSystem(fresh.files(), 1);
            try (VectorStore store = Stores.open(fresh.through(files), 1, new StoreSettings(0, 1))) {
                fill(store);
                Once collection = new Once(operation, store::collect);
                files.hook(collection);
                store.flush(new RowBatch(6, 8, List.of(row("g", 7)), List.of("a")));
                assertTrue(collection.done, operation);
                store.collect();
            }
            assertEquals(6, Stores.ids(Stores.open(fresh, 2), NOW).size(), operation);
        }
    }

    @Test
    void searchesGoOnDuringFlushesAndCompactions() throws Exception {
        VectorStore store = Stores.open(storage, 1, new StoreSettings(0, 1));
        List<Row> rows =
                IntStream.rangeClosed(1, 200).mapToObj(i -> row("r" + i, i)).toList();
        store.flush(new RowBatch(0, 200, rows, List.of()));
        java.util.concurrent.atomic.AtomicBoolean over = new java.util.concurrent.atomic.AtomicBoolean();
        java.util.concurrent.FutureTask<Integer> searching = new java.util.concurrent.FutureTask<>(() -> {
            int searches = 0;
            while (!over.get() || searches == 0) {
                assertEquals(
                        200,
                        Stores.nearest(store, Stores.vector(7), SearchOptions.exactly(500, NOW))
                                .size());
                assertEquals(
                        1,
                        Stores.nearest(store, Stores.vector(7), SearchOptions.nearest(1, NOW))
                                .size());
                searches++;
            }
            return searches;
        });
        Thread thread = new Thread(searching, "searching");
        thread.start();
        for (int i = 0; i < 20; i++) {
            long after = store.flushed();
            int number = i;
            List<Row> again = IntStream.rangeClosed(1, 20)
                    .mapToObj(j -> row("r" + (number * 10 + j) % 200, after + j))
                    .filter(row -> !row.id().equals("r0"))
                    .toList();
            store.flush(new RowBatch(after, after + 20, again, List.of()));
            store.compact(names(store), NOW);
            store.collect();
        }
        over.set(true);
        assertTrue(searching.get() > 0);
        thread.join();
    }

    private static void fill(VectorStore store) throws IOException {
        store.flush(new RowBatch(0, 3, List.of(row("a", 1), row("b", 2), row("c", 3)), List.of()));
        store.flush(new RowBatch(3, 6, List.of(row("d", 4), row("e", 5), row("f", 6)), List.of()));
    }

    private static List<String> names(VectorStore store) {
        return store.manifest().parts().stream().map(part -> part.name()).toList();
    }
}
