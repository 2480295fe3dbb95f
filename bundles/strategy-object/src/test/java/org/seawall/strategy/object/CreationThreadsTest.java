package org.seawall.strategy.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

class CreationThreadsTest {
    private static final Location DIRECTORY = Location.parse("s3://bucket/log");
    private static final SegmentLayout LAYOUT = new SegmentLayout(
            DIRECTORY, DIRECTORY.child("current"), DIRECTORY.child("next"), DIRECTORY.child("segments"));

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ObjectStrategy strategy = new ObjectStrategy(CreationThreads.of(2));

    private SegmentStore open(FileSystem files, int together) throws IOException {
        CyclicBarrier barrier = new CyclicBarrier(together);
        FaultyFileSystem watched = new FaultyFileSystem(files, 0);
        watched.hook(operation -> {
            if (operation.startsWith("create ")) {
                threads.add(Thread.currentThread());
                await(barrier);
            }
        });
        return strategy.open(watched, LAYOUT);
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException("the other thread did not come", e);
        }
    }

    private static CompletableFuture<Void> write(SegmentStore store, int number) throws IOException {
        store.begin("s" + number, ByteBuffer.wrap(new byte[] {(byte) number}));
        return store.write(List.of(ByteBuffer.wrap(new byte[1])));
    }

    private FileSystem objects() {
        return new MemoryFileSystem(strategy.requires(), 0);
    }

    @Test
    void asManyAreCreatedAtOnceAsThereAreThreadsWhichEndWithTheLastStore() throws Exception {
        FileSystem files = objects();
        try (SegmentStore store = open(files, 2)) {
            List<CompletableFuture<Void>> groups = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                groups.add(write(store, i));
            }
            groups.forEach(CompletableFuture::join);
        }
        assertEquals(2, threads.size());
        for (Thread thread : threads) {
            assertTrue(thread.getName().startsWith("seawall-strategy-object-"), thread::getName);
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertTrue(!thread.isAlive(), thread::getName);
        }
    }

    @Test
    void whereThereAreLocksTheCallerCreates() throws IOException {
        try (SegmentStore store = open(new MemoryFileSystem(), 1)) {
            assertTrue(write(store, 1).isDone());
        }
        assertEquals(Set.of(Thread.currentThread()), threads);
    }

    @Test
    void whenTheComponentEndsItsThreadsDoAndItOpensNothingMore() throws Exception {
        SegmentStore store = open(objects(), 1);
        write(store, 1).join();
        strategy.deactivate();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertTrue(!thread.isAlive(), thread::getName);
        }
        assertTrue(write(store, 2).isCompletedExceptionally());
        store.close();
        assertThrows(IOException.class, () -> strategy.open(objects(), LAYOUT));
    }

    @Test
    void theNumberOfThreadsIsWithinItsRange() {
        for (int threads : List.of(0, 1025)) {
            String told = assertThrows(IllegalArgumentException.class, () -> CreationThreads.of(threads))
                    .getMessage();
            assertEquals("attribute out of range, expected 1 to 1024, threads=" + threads, told);
        }
    }
}
