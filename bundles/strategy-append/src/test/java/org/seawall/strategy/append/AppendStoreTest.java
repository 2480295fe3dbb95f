package org.seawall.strategy.append;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.strategy.append.SmallLog.LAYOUT;
import static org.seawall.strategy.append.SmallLog.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

class AppendStoreTest {

    private static final Location COPY = SmallLog.DIRECTORY.child("torn");

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final WriteStrategy strategy = new AppendStrategy();

    private SegmentStore open() throws IOException {
        return strategy.open(files, LAYOUT);
    }

    private String content(Location file) throws IOException {
        return new String(files.content(file), StandardCharsets.UTF_8);
    }

    private static String zeroes(int count) {
        return "\0".repeat(count);
    }

    @Test
    void theNameAndTheNeedsAreTold() {
        assertEquals("append", strategy.name());
        assertEquals(EnumSet.complementOf(EnumSet.of(Capability.CONDITIONAL_REPLACE)), strategy.requires());
    }

    @Test
    void sealedSegmentsComeByNameAndTheActiveOneLast() throws IOException {
        SegmentStore store = open();
        assertEquals(List.of(), store.segments());
        store.begin("s1", bytes("[1]"));
        store.commit(List.of(bytes("<a>"), bytes("<b>"))).join();
        store.begin("s2", bytes("[2]"));
        store.begin("s3", bytes("[3]"));
        files.put(LAYOUT.segments().child("stranger"), new byte[1]);
        files.put(LAYOUT.segments().child("directory").child("file"), new byte[1]);
        assertEquals(
                List.of(
                        new SegmentFile(LAYOUT.segments().child("s1"), 9, false),
                        new SegmentFile(LAYOUT.segments().child("s2"), 3, false),
                        new SegmentFile(LAYOUT.segments().child("stranger"), 1, false),
                        new SegmentFile(LAYOUT.active(), 3 + MemoryFileSystem.RESERVE, true)),
                store.segments());
        assertEquals("[1]<a><b>", content(LAYOUT.segments().child("s1")));
    }

    @Test
    void aGroupIsOneWriteAndOneForceAndItsFramesAreNotConsumed() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        files.operations.clear();
        List<ByteBuffer> frames = List.of(bytes("<a>"), bytes("<b>"));
        CompletableFuture<Void> done = store.commit(frames);
        assertTrue(done.isDone() && !done.isCompletedExceptionally());
        assertEquals(List.of("write current.first", "force current.first"), files.operations);
        assertEquals(List.of(bytes("<a>"), bytes("<b>")), frames);
        assertEquals(9, store.activeBytes());
        assertFalse(store.segmentPerCommit());
    }

    @Test
    void resumeGoesOnBehindTheLastBatchAndForcesWhatWasReadBack() throws IOException {
        SegmentStore old = open();
        old.begin("s1", bytes("[1]"));
        old.commit(List.of(bytes("<a>"))).join();
        SegmentStore store = open();
        files.operations.clear();
        store.resume(store.segments().get(0), "s1", 6);
        assertEquals(List.of("force current"), files.operations);
        assertEquals(6, store.activeBytes());
        store.commit(List.of(bytes("<b>"))).join();
        store.begin("s2", bytes("[2]"));
        assertEquals("[1]<a><b>", content(LAYOUT.segments().child("s1")));
    }

    @Test
    void anActiveSegmentThatWasNotResumedIsNotReplaced() throws IOException {
        open().begin("s1", bytes("[1]"));
        SegmentStore store = open();
        assertThrows(IllegalStateException.class, () -> store.begin("s2", bytes("[2]")));
        assertThrows(IllegalStateException.class, () -> open().commit(List.of(bytes("<a>"))));
        assertThrows(
                IllegalStateException.class,
                () -> open().resume(new SegmentFile(LAYOUT.segments().child("s1"), 3, false), "s1", 3));
        assertEquals("[1]" + zeroes(MemoryFileSystem.RESERVE), content(LAYOUT.active()));
    }

    @Test
    void theTailIsCopiedWithoutItsZeroesAndThenCutOff() throws IOException {
        files.put(LAYOUT.active(), ("[1]<a><b" + "\0c" + zeroes(5)).getBytes(StandardCharsets.UTF_8));
        SegmentStore store = open();
        files.operations.clear();
        store.cutTail(store.segments().get(0), 6, COPY);
        assertEquals(List.of("create torn", "truncate current", "force current"), files.operations);
        assertEquals("<b\0c", content(COPY));
        assertEquals("[1]<a>", content(LAYOUT.active()));
    }

    @Test
    void aTailOfManyMegabytesIsCopiedWhole() throws IOException {
        byte[] file = new byte[5_000_000];
        for (int i = 0; i < 3_456_789; i++) {
            file[i] = (byte) (i * 31 + 1 | 1);
        }
        files.put(LAYOUT.active(), file);
        SegmentStore store = open();
        store.cutTail(store.segments().get(0), 1000, COPY);
        byte[] expected = Arrays.copyOfRange(file, 1000, 3_456_789);
        assertArrayEquals(expected, files.content(COPY));
        assertEquals(1000, files.content(LAYOUT.active()).length);
    }

    @Test
    void nothingIsCutIfTheCopyFails() throws IOException {
        files.put(LAYOUT.active(), bytes("[1]<a").array());
        SegmentStore store = open();
        SegmentFile active = store.segments().get(0);
        files.dieAt(0, false);
        assertThrows(IOException.class, () -> store.cutTail(active, 3, COPY));
        assertEquals("[1]<a", content(LAYOUT.active()));
    }

    @Test
    void aCopyOfAnEarlierAttemptIsAcceptedIfItIsTheSame() throws IOException {
        files.put(LAYOUT.active(), bytes("[1]<a").array());
        files.put(COPY, bytes("<a").array());
        SegmentStore store = open();
        files.operations.clear();
        store.cutTail(store.segments().get(0), 3, COPY);
        assertEquals("[1]", content(LAYOUT.active()));
        assertEquals(
                List.of("create torn", "forceDirectory log", "truncate current", "force current"), files.operations);
    }

    @Test
    void anotherFileInPlaceOfTheCopyIsKept() throws IOException {
        files.put(LAYOUT.active(), bytes("[1]<a").array());
        files.put(COPY, bytes("<b").array());
        SegmentStore store = open();
        SegmentFile active = store.segments().get(0);
        assertThrows(FileAlreadyExistsException.class, () -> store.cutTail(active, 3, COPY));
        assertEquals("[1]<a", content(LAYOUT.active()));
        assertEquals("<b", content(COPY));
    }

    @Test
    void aFailedCommitFailsItsFutureAndPoisonsTheStore() throws IOException {
        for (int operation = 0; operation < 2; operation++) {
            MemoryFileSystem own = new MemoryFileSystem();
            SegmentStore store = strategy.open(own, LAYOUT);
            store.begin("s1", bytes("[1]"));
            own.dieAt(operation, false);
            CompletableFuture<Void> failed = store.commit(List.of(bytes("<a>")));
            Throwable cause =
                    assertThrows(CompletionException.class, failed::join).getCause();
            assertTrue(cause instanceof IOException, cause::toString);
            assertTrue(cause.getMessage().endsWith("file=file:/wal/log/current"), cause.getMessage());
            own.restartProcess();
            own.operations.clear();
            assertTrue(store.commit(List.of(bytes("<b>"))).isCompletedExceptionally());
            IOException e = assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
            assertTrue(e.getMessage().startsWith("segment store is poisoned since an earlier failure"), e.getMessage());
            assertEquals(List.of(), own.operations, "nothing may reach the storage any more");
            assertEquals(1, store.segments().size());
            store.close();
        }
    }

    @Test
    void aFailedBeginPoisonsTheStore() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        files.dieAt(5, false);
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
        files.restartProcess();
        assertTrue(store.commit(List.of(bytes("<a>"))).isCompletedExceptionally());
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
    }

    @Test
    void aClosedStoreTakesNothing() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        store.close();
        store.close();
        assertTrue(store.commit(List.of(bytes("<a>"))).isCompletedExceptionally());
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
    }

    @Test
    void aNextSegmentBesideAnActiveOneWasNeverBegun() throws IOException {
        files.put(LAYOUT.active(), bytes("[1]<a>").array());
        files.put(LAYOUT.next(), bytes("[").array());
        files.put(new AppendFiles(files, LAYOUT).first(), bytes("[").array());
        SegmentStore store = open();
        assertEquals(List.of(new SegmentFile(LAYOUT.active(), 6, true)), store.segments());
        assertEquals(1, files.list(SmallLog.DIRECTORY).size());
    }

    @Test
    void aNextSegmentWithoutAnActiveOneBecomesIt() throws IOException {
        files.put(LAYOUT.segments().child("s1"), bytes("[1]<a>").array());
        files.put(LAYOUT.next(), bytes("[2]").array());
        assertEquals(
                new SegmentFile(LAYOUT.active(), 3, true), open().segments().get(1));
        assertTrue(files.find(LAYOUT.next()).isEmpty());
    }

    @Test
    void aHalfWrittenFirstSegmentIsDeletedAlsoBesideSealedOnesOfAnotherStrategy() throws IOException {
        files.put(LAYOUT.segments().child("s1"), bytes("[1]<a>").array());
        SegmentStore store = open();
        files.dieAt(1, true);
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
        files.restartProcess();
        assertEquals(1, open().segments().size());
        assertTrue(files.list(SmallLog.DIRECTORY).stream().allMatch(info -> info.directory()));
    }
}
