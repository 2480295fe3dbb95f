package org.seawall.strategy.append;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Moment;

class AppendStoreTest {

    private static final int RESERVE = 8;
    private static final Location DIRECTORY = Location.parse("/wal/log");
    private static final Location COPY = DIRECTORY.child("torn");
    private static final SegmentLayout LAYOUT = new SegmentLayout(
            DIRECTORY, DIRECTORY.child("current"), DIRECTORY.child("next"), DIRECTORY.child("segments"));

    private final FaultyFileSystem files = files();
    private int noted;
    private final WriteStrategy strategy = new AppendStrategy();

    private SegmentStore open() throws IOException {
        return strategy.open(files, LAYOUT);
    }

    private static FaultyFileSystem files() {
        return new FaultyFileSystem(new MemoryFileSystem(EnumSet.allOf(Capability.class), RESERVE), 0);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String content(Location file) throws IOException {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    private byte[] read(Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            return content.array();
        }
    }

    private void put(Location file, byte[] content) throws IOException {
        files.create(file, List.of(ByteBuffer.wrap(content)));
        note();
    }

    /** From here on operations are of interest. */
    private void note() {
        noted = files.history().size();
    }

    private List<String> operations() {
        return files.history().subList(noted, files.history().size());
    }

    private static String zeroes(int count) {
        return "\0".repeat(count);
    }

    @Test
    void theNameAndTheNeedsAreTold() {
        assertEquals("append", strategy.name());
        assertEquals(
                EnumSet.complementOf(EnumSet.of(Capability.CONDITIONAL_REPLACE, Capability.SEAL)), strategy.requires());
    }

    @Test
    void sealedSegmentsComeByNameAndTheActiveOneLast() throws IOException {
        SegmentStore store = open();
        assertEquals(List.of(), store.segments());
        store.begin("s1", bytes("[1]"));
        store.commit(List.of(bytes("<a>"), bytes("<b>"))).join();
        store.begin("s2", bytes("[2]"));
        store.begin("s3", bytes("[3]"));
        put(LAYOUT.segments().child("stranger"), new byte[1]);
        put(LAYOUT.segments().child("directory").child("file"), new byte[1]);
        assertEquals(
                List.of(
                        new SegmentFile(LAYOUT.segments().child("s1"), 9, false),
                        new SegmentFile(LAYOUT.segments().child("s2"), 3, false),
                        new SegmentFile(LAYOUT.segments().child("stranger"), 1, false),
                        new SegmentFile(LAYOUT.active(), 3 + RESERVE, true)),
                store.segments());
        assertEquals("[1]<a><b>", content(LAYOUT.segments().child("s1")));
    }

    @Test
    void aGroupIsOneWriteAndOneForceAndItsFramesAreNotConsumed() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        note();
        List<ByteBuffer> frames = List.of(bytes("<a>"), bytes("<b>"));
        CompletableFuture<Void> done = store.commit(frames);
        assertTrue(done.isDone() && !done.isCompletedExceptionally());
        assertEquals(List.of("write current.first", "force current.first"), operations());
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
        note();
        store.resume(store.segments().get(0), "s1", 6);
        assertEquals(List.of("force current"), operations());
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
        assertEquals("[1]" + zeroes(RESERVE), content(LAYOUT.active()));
    }

    @Test
    void theTailIsCopiedWithoutItsZeroesAndThenCutOff() throws IOException {
        put(LAYOUT.active(), ("[1]<a><b" + "\0c" + zeroes(5)).getBytes(StandardCharsets.UTF_8));
        SegmentStore store = open();
        note();
        store.cutTail(store.segments().get(0), 6, COPY);
        assertEquals(List.of("create torn", "truncate current", "force current"), operations());
        assertEquals("<b\0c", content(COPY));
        assertEquals("[1]<a>", content(LAYOUT.active()));
    }

    @Test
    void aTailOfManyMegabytesIsCopiedWhole() throws IOException {
        byte[] file = new byte[5_000_000];
        for (int i = 0; i < 3_456_789; i++) {
            file[i] = (byte) (i * 31 + 1 | 1);
        }
        put(LAYOUT.active(), file);
        SegmentStore store = open();
        store.cutTail(store.segments().get(0), 1000, COPY);
        byte[] expected = Arrays.copyOfRange(file, 1000, 3_456_789);
        assertArrayEquals(expected, read(COPY));
        assertEquals(1000, read(LAYOUT.active()).length);
    }

    @Test
    void nothingIsCutIfTheCopyFails() throws IOException {
        put(LAYOUT.active(), bytes("[1]<a").array());
        SegmentStore store = open();
        SegmentFile active = store.segments().get(0);
        files.failAt(1, Moment.BEFORE);
        assertThrows(IOException.class, () -> store.cutTail(active, 3, COPY));
        assertEquals("[1]<a", content(LAYOUT.active()));
    }

    @Test
    void aCopyOfAnEarlierAttemptIsAcceptedIfItIsTheSame() throws IOException {
        put(LAYOUT.active(), bytes("[1]<a").array());
        put(COPY, bytes("<a").array());
        SegmentStore store = open();
        note();
        store.cutTail(store.segments().get(0), 3, COPY);
        assertEquals("[1]", content(LAYOUT.active()));
        assertEquals(List.of("create torn", "forceDirectory log", "truncate current", "force current"), operations());
    }

    @Test
    void anotherFileInPlaceOfTheCopyIsKept() throws IOException {
        put(LAYOUT.active(), bytes("[1]<a").array());
        put(COPY, bytes("<b").array());
        SegmentStore store = open();
        SegmentFile active = store.segments().get(0);
        assertThrows(FileAlreadyExistsException.class, () -> store.cutTail(active, 3, COPY));
        assertEquals("[1]<a", content(LAYOUT.active()));
        assertEquals("<b", content(COPY));
    }

    @Test
    void aFailedCommitFailsItsFutureAndPoisonsTheStore() throws IOException {
        for (int operation = 0; operation < 2; operation++) {
            FaultyFileSystem own = files();
            SegmentStore store = strategy.open(own, LAYOUT);
            store.begin("s1", bytes("[1]"));
            own.failAt(operation + 1, Moment.BEFORE);
            CompletableFuture<Void> failed = store.commit(List.of(bytes("<a>")));
            Throwable cause =
                    assertThrows(CompletionException.class, failed::join).getCause();
            assertTrue(cause instanceof IOException, cause::toString);
            assertTrue(cause.getMessage().endsWith("file=file:/wal/log/current"), cause.getMessage());
            List<String> before = own.history();
            assertTrue(store.commit(List.of(bytes("<b>"))).isCompletedExceptionally());
            IOException e = assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
            assertTrue(e.getMessage().startsWith("segment store is poisoned since an earlier failure"), e.getMessage());
            assertEquals(before, own.history(), "nothing may reach the storage any more");
            assertEquals(1, store.segments().size());
            store.close();
        }
    }

    @Test
    void aFailedBeginPoisonsTheStore() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        files.failAt(6, Moment.BEFORE);
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
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
        put(LAYOUT.active(), bytes("[1]<a>").array());
        put(LAYOUT.next(), bytes("[").array());
        put(new AppendFiles(files, LAYOUT).first(), bytes("[").array());
        SegmentStore store = open();
        assertEquals(List.of(new SegmentFile(LAYOUT.active(), 6, true)), store.segments());
        assertEquals(1, files.list(DIRECTORY).size());
    }

    @Test
    void aNextSegmentWithoutAnActiveOneBecomesIt() throws IOException {
        put(LAYOUT.segments().child("s1"), bytes("[1]<a>").array());
        put(LAYOUT.next(), bytes("[2]").array());
        assertEquals(
                new SegmentFile(LAYOUT.active(), 3, true), open().segments().get(1));
        assertTrue(files.find(LAYOUT.next()).isEmpty());
    }

    @Test
    void aHalfWrittenFirstSegmentIsDeletedAlsoBesideSealedOnesOfAnotherStrategy() throws IOException {
        put(LAYOUT.segments().child("s1"), bytes("[1]<a>").array());
        SegmentStore store = open();
        files.failAt(2, Moment.AFTER);
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
        assertEquals(1, open().segments().size());
        assertTrue(files.list(DIRECTORY).stream().allMatch(info -> info.directory()));
    }
}
