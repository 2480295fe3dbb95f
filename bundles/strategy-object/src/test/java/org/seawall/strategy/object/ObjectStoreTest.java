package org.seawall.strategy.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.seawall.LogFencedException;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Moment;

class ObjectStoreTest {

    private static final Location DIRECTORY = Location.parse("s3://bucket/log");
    private static final SegmentLayout LAYOUT = new SegmentLayout(
            DIRECTORY, DIRECTORY.child("current"), DIRECTORY.child("next"), DIRECTORY.child("segments"));

    private final FaultyFileSystem files = new FaultyFileSystem(
            new MemoryFileSystem(
                    EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ), 0),
            0);
    private final WriteStrategy strategy = new ObjectStrategy();

    private SegmentStore open() throws IOException {
        return strategy.open(files, LAYOUT);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All segments with their content. */
    private Map<String, String> objects() throws IOException {
        Map<String, String> objects = new TreeMap<>();
        for (FileInfo info : files.list(LAYOUT.segments())) {
            if (!info.directory()) {
                objects.put(info.name(), content(info.location()));
            }
        }
        return objects;
    }

    private String content(Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            return new String(content.array(), StandardCharsets.ISO_8859_1);
        }
    }

    private void put(Location file, String content) throws IOException {
        files.create(file, List.of(bytes(content)));
    }

    private static Throwable failureOf(CompletableFuture<Void> commit) {
        return assertThrows(CompletionException.class, commit::join).getCause();
    }

    @Test
    void theNameAndTheNeedsAreTold() throws IOException {
        assertEquals("object", strategy.name());
        assertEquals(
                EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ),
                strategy.requires());
        assertTrue(open().segmentPerCommit());
    }

    @Test
    void aGroupIsOneObjectWithItsHeader() throws IOException {
        SegmentStore store = open();
        assertEquals(0, store.activeBytes());
        ByteBuffer header = bytes("[1]");
        store.begin("s1", header);
        header.put(0, (byte) 'x');
        assertEquals(0, header.remaining());
        assertEquals(3, store.activeBytes());
        assertEquals(Map.of(), objects(), "a begun segment is nowhere");
        List<ByteBuffer> frames = List.of(bytes("<a>"), bytes("<b>"));
        store.commit(frames).join();
        assertEquals(List.of(bytes("<a>"), bytes("<b>")), frames);
        assertEquals(9, store.activeBytes());
        store.begin("s2", bytes("[2]"));
        store.commit(List.of()).join();
        assertEquals(Map.of("s1", "[1]<a><b>", "s2", "[2]"), objects());
    }

    @Test
    void segmentsComeByNameAndNoneIsActive() throws IOException {
        SegmentStore store = open();
        assertEquals(List.of(), store.segments());
        for (String name : List.of("s2", "s1")) {
            store.begin(name, bytes(name));
            store.commit(List.of(bytes("<a>"))).join();
        }
        put(LAYOUT.segments().child("directory").child("file"), "1");
        List<SegmentFile> segments = open().segments();
        assertEquals(
                List.of(LAYOUT.segments().child("s1"), LAYOUT.segments().child("s2")),
                segments.stream().map(SegmentFile::location).toList());
        for (SegmentFile segment : segments) {
            String version = files.find(segment.location()).orElseThrow().version();
            assertEquals(new SegmentFile(segment.location(), 5, false, version), segment);
        }
    }

    @Test
    void aTakenNameFencesAndNamesTheSegmentAndChangesNothing() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        put(LAYOUT.segments().child("s1"), "theirs");
        Throwable fenced = failureOf(store.commit(List.of(bytes("<a>"))));
        assertTrue(fenced instanceof LogFencedException, fenced::toString);
        assertEquals("another writer has begun the segment, file=s3://bucket/log/segments/s1", fenced.getMessage());
        assertEquals(Map.of("s1", "theirs"), objects());
        poisoned(store, fenced);
    }

    @Test
    void anyFailurePoisonsWhetherTheObjectIsThereOrNot() throws IOException {
        for (Moment when : List.of(Moment.BEFORE, Moment.AFTER)) {
            SegmentStore store = open();
            store.begin("s1", bytes("[1]"));
            files.failAt(1, when);
            Throwable error = failureOf(store.commit(List.of(bytes("<a>"))));
            assertEquals(when == Moment.AFTER, error instanceof OutcomeUnknownException, error::toString);
            assertEquals(when == Moment.AFTER ? 1 : 0, objects().size());
            poisoned(store, error);
            files.deleteTree(DIRECTORY);
        }
    }

    private void poisoned(SegmentStore store, Throwable cause) throws IOException {
        int objects = objects().size();
        IOException e = assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
        assertTrue(e.getMessage().startsWith("segment store is poisoned since an earlier failure"), e.getMessage());
        assertSame(cause, e.getCause());
        assertSame(cause, failureOf(store.commit(List.of())).getCause());
        assertEquals(objects, objects().size());
        assertEquals(objects, store.segments().size());
    }

    @Test
    void everyGroupNeedsASegmentAndEverySegmentAGroup() throws IOException {
        assertThrows(IllegalStateException.class, () -> open().commit(List.of(bytes("<a>"))));
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        assertThrows(IllegalStateException.class, () -> store.begin("s2", bytes("[2]")));
        SegmentStore other = open();
        other.begin("s1", bytes("[1]"));
        other.commit(List.of()).join();
        assertThrows(IllegalStateException.class, () -> other.commit(List.of()));
    }

    @Test
    void nothingGrowsSoNothingIsCutOrResumed() throws IOException {
        SegmentFile segment = new SegmentFile(LAYOUT.segments().child("s1"), 3, false);
        SegmentStore store = open();
        assertThrows(UnsupportedOperationException.class, () -> store.cutTail(segment, 1, DIRECTORY.child("torn")));
        assertThrows(UnsupportedOperationException.class, () -> store.resume(segment, "s1", 3));
    }

    @Test
    void aGrowingSegmentOfAnotherStrategyIsNotOverlooked() throws IOException {
        for (Location growing : List.of(LAYOUT.active(), LAYOUT.next())) {
            put(growing, "[1]<a>");
            IOException e = assertThrows(IOException.class, this::open);
            assertTrue(e.getMessage().endsWith("file=" + growing), e.getMessage());
            files.deleteTree(DIRECTORY);
        }
    }

    @Test
    void aClosedStoreTakesNothing() throws IOException {
        SegmentStore store = open();
        store.begin("s1", bytes("[1]"));
        store.close();
        store.close();
        assertFalse(failureOf(store.commit(List.of())).getMessage().isEmpty());
        assertThrows(IOException.class, () -> store.begin("s2", bytes("[2]")));
        assertEquals(Map.of(), objects());
    }
}
