package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.seawall.CollectionStatus;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogState;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** What others do to the files of a log behind its back is found and told with its place, and no answer of a log is wrong. */
abstract class CloudDamage extends CloudSwaps {
    private static final CollectionSpec PAYLOADS = CollectionSpec.payloads(CloudLog.COLLECTION);

    private static void append(OpenLog log, int first, int count) {
        for (int i = first; i < first + count; i++) {
            log.append(CloudLog.COLLECTION, List.of(Entry.payload("e" + i, new byte[10])))
                    .join();
        }
    }

    private static List<FileInfo> segments(FileSystem files, Location directory, OpenLog log) throws IOException {
        return files.list(collection(directory, log).child("segments"));
    }

    private static Location collection(Location directory, OpenLog log) {
        return directory
                .child("wal")
                .child(log.catalog()
                        .find(CloudLog.COLLECTION)
                        .orElseThrow()
                        .id()
                        .toString());
    }

    private static byte[] bytes(FileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            return content.array();
        }
    }

    private static CollectionStatus status(OpenLog log) {
        return log.status().collections().stream()
                .filter(one -> one.name().equals(CloudLog.COLLECTION))
                .findFirst()
                .orElseThrow();
    }

    /** A log that opens without its collection, whose appends and reads are refused with the same words. */
    private static void assertRefused(FileSystem files, Location directory, String fact, Location file)
            throws IOException {
        try (OpenLog log = CloudLog.open(files, directory)) {
            CollectionStatus told = status(log);
            assertEquals(LogState.UNAVAILABLE, told.state());
            assertTrue(told.detail().contains(fact), told::detail);
            assertTrue(told.detail().contains(file.toString()), told::detail);
            assertThrows(SeawallException.class, () -> log.get(CloudLog.COLLECTION, "e1"));
        }
    }

    /** Five batches, in a segment each, whatever the strategy. */
    private static void appendInSegments(OpenLog log) {
        for (int i = 0; i < 5; i++) {
            append(log, i, 1);
            log.roll(CloudLog.COLLECTION);
        }
    }

    /** As a rule of the bucket does it. */
    @Test
    void aSegmentThatIsGoneIsAGapAndAllElseIsLeftAlone() throws Exception {
        FileSystem files = open(endpoint());
        Location directory = bucket().child("wal");
        List<FileInfo> segments;
        try (OpenLog log = CloudLog.withCollection(files, directory, PAYLOADS)) {
            appendInSegments(log);
            segments = segments(files, directory, log);
            files.delete(segments.get(2).location());
        }
        int left = segments.size() - 1;
        assertRefused(
                files,
                directory,
                "expected=" + segments.get(2).name(),
                segments.get(3).location());
        assertEquals(left, files.list(segments.get(0).location().parent()).size(), "nothing was written or removed");
    }

    @Test
    void aSegmentThatIsAnotherOneIsRefused() throws Exception {
        FileSystem files = open(endpoint());
        Location directory = bucket().child("wal");
        Location replaced;
        try (OpenLog log = CloudLog.withCollection(files, directory, PAYLOADS)) {
            appendInSegments(log);
            List<FileInfo> segments = segments(files, directory, log);
            replaced = segments.get(2).location();
            byte[] other = bytes(files, segments.get(3).location());
            files.replace(replaced, List.of(ByteBuffer.wrap(other)), Optional.of(version(files, replaced)));
        }
        assertRefused(files, directory, "expected=", replaced);
    }

    private static String version(FileSystem files, Location file) throws IOException {
        return files.find(file).orElseThrow().version();
    }

    @Test
    void aByteThatIsAnotherOneIsRefused() throws Exception {
        FileSystem files = open(endpoint());
        Location directory = bucket().child("wal");
        Location damaged;
        try (OpenLog log = CloudLog.withCollection(files, directory, PAYLOADS)) {
            appendInSegments(log);
            damaged = segments(files, directory, log).get(2).location();
            byte[] content = bytes(files, damaged);
            content[content.length - 20] ^= 1;
            files.replace(damaged, List.of(ByteBuffer.wrap(content)), Optional.of(version(files, damaged)));
        }
        assertRefused(files, directory, "expected=", damaged);
    }

    /** The log has read a version of its snapshot; what was put in its place is not overwritten. */
    @Test
    void aSnapshotThatWasReplacedIsNotReplaced() throws Exception {
        FileSystem files = open(endpoint());
        Location directory = bucket().child("wal");
        try (OpenLog log = CloudLog.withCollection(files, directory, PAYLOADS)) {
            append(log, 0, 3);
            log.snapshot(CloudLog.COLLECTION);
            Location snapshot = collection(directory, log).child("snapshots").child("vectors_snapshot.avro");
            byte[] other = "not a snapshot".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            files.replace(snapshot, List.of(ByteBuffer.wrap(other)), Optional.of(version(files, snapshot)));
            append(log, 3, 3);
            SeawallException refused = assertThrows(SeawallException.class, () -> log.snapshot(CloudLog.COLLECTION));
            assertTrue(String.valueOf(refused.getMessage()).contains(snapshot.toString()), refused::getMessage);
            assertEquals(new String(other), new String(bytes(files, snapshot)));
        }
    }

    /** Nobody makes a bucket but an operator. */
    @Test
    void aBucketThatIsNotThereIsSaidToBeMissing() throws Exception {
        Location bucket = Location.parse(bucket().scheme() + "://no-such-bucket-" + System.nanoTime());
        Exception told = assertThrows(Exception.class, () -> CloudLog.open(open(endpoint()), bucket.child("wal")));
        String line = org.seawall.core.engine.Causes.line(told);
        assertTrue(line.contains("no such") || line.contains("does not exist"), line);
        assertTrue(line.contains(bucket.path().substring(2)), line);
    }

    /** Behind the back of a log that is open, by the name that it writes next: as another writer. */
    @Test
    void aForeignObjectAtTheNextNameStopsTheWriter() throws Exception {
        FileSystem files = open(endpoint());
        Location directory = bucket().child("wal");
        try (OpenLog log = CloudLog.withCollection(files, directory, PAYLOADS)) {
            append(log, 0, 1);
            Location segments =
                    segments(files, directory, log).get(0).location().parent();
            try (OpenLog other = CloudLog.open(open(endpoint()), directory)) {
                append(other, 1, 1);
            }
            int there = files.list(segments).size();
            CompletionException lost = assertThrows(CompletionException.class, () -> append(log, 2, 1));
            assertInstanceOf(LogFencedException.class, lost.getCause());
            assertEquals(there, files.list(segments).size());
        }
    }
}
