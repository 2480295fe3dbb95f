package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.batch;
import static org.seawall.core.engine.Logs.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.Recovery;
import org.seawall.Recovery.Verdict;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/** What recovery says and does about files that are not as they were written. */
class DamageTest {
    /** The same with another serializer is another class. */
    Logs logs(Path home) {
        return new Logs(home);
    }

    @TempDir
    Path directory;

    private Logs logs;

    @BeforeEach
    void open() {
        logs = logs(directory);
    }

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void truncatedAnywhereInItsLastTwoBatchesTheLogEndsWithTheBatchBeforeTheCut() throws Exception {
        long[] ends = new long[4];
        try (BatchLog log = logs.create()) {
            ends[0] = log.activeBytes();
            for (int i = 1; i <= 3; i++) {
                logs.append(log, batch(i, i / 2 + 1));
                ends[i] = log.activeBytes();
            }
        }
        byte[] whole = Arrays.copyOf(Files.readAllBytes(logs.active()), (int) ends[3]);
        for (int length = (int) ends[1]; length <= ends[3]; length++) {
            Files.write(logs.active(), Arrays.copyOf(whole, length));
            int cut = length;
            List<String> expected = length < ends[2]
                    ? ids(batch(1, 1))
                    : length < ends[3] ? ids(batch(1, 1), batch(2, 2)) : ids(batch(1, 1), batch(2, 2), batch(3, 2));
            boolean onAnEnd = length == ends[1] || length == ends[2] || length == ends[3];
            try (BatchLog log = logs.open()) {
                assertEquals(expected, ids(log), () -> "cut at " + cut);
                assertEquals(
                        onAnEnd ? Verdict.COMPLETE : Verdict.TORN_TAIL,
                        log.recovery().verdict(),
                        () -> "cut at " + cut);
                logs.append(log, batch(9, 1));
            }
            try (BatchLog log = logs.open()) {
                assertEquals(expected.size() + 1, ids(log).size(), () -> "cut at " + cut);
            }
        }
    }

    @Test
    void theCutTailIsKeptInTheArchive() throws Exception {
        int end;
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            end = (int) log.activeBytes();
            logs.append(log, batch(2, 1));
        }
        byte[] whole = Files.readAllBytes(logs.active());
        Files.write(logs.active(), Arrays.copyOf(whole, end + 33));
        logs.open().close();
        try (Stream<Path> files = Files.walk(directory.resolve("c1/archive"))) {
            Path copy = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            int kept = (int) Files.size(copy);
            assertTrue(kept <= 33 && kept > 0, () -> "bytes=" + kept);
            assertEquals(0, Arrays.compare(Arrays.copyOfRange(whole, end, end + kept), Files.readAllBytes(copy)));
        }
    }

    @Test
    void aSectorThatWasNotWrittenIsATornTail() throws Exception {
        int[] ends = new int[2];
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            ends[0] = (int) log.activeBytes();
            logs.append(log, batch(2, 60));
            ends[1] = (int) log.activeBytes();
        }
        byte[] whole = Files.readAllBytes(logs.active());
        for (int sector = ends[0] / 512; sector <= (ends[1] - 1) / 512; sector++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, Math.max(ends[0], sector * 512), Math.min(ends[1], (sector + 1) * 512), (byte) 0);
            Files.write(logs.active(), torn);
            try (BatchLog log = logs.open()) {
                assertEquals(Verdict.TORN_TAIL, log.recovery().verdict());
                assertEquals(ids(batch(1, 1)), ids(log));
            }
        }
    }

    /** A process may die between two writes of one group: the rest is zero then, and begins anywhere in a sector. */
    @Test
    void aBatchOfWhichOnlyTheBeginWasWrittenIsATornTail() throws Exception {
        int[] ends = new int[2];
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            ends[0] = (int) log.activeBytes();
            logs.append(log, batch(2, 2));
            ends[1] = (int) log.activeBytes();
        }
        byte[] whole = Files.readAllBytes(logs.active());
        int marker = 16;
        for (int cut = ends[0] + 1; cut <= ends[1] - marker; cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, ends[1], (byte) 0);
            Files.write(logs.active(), torn);
            int at = cut;
            try (BatchLog log = logs.open()) {
                assertEquals(Verdict.TORN_TAIL, log.recovery().verdict(), () -> "cut at " + at);
                assertEquals(ids(batch(1, 1)), ids(log), () -> "cut at " + at);
            }
        }
    }

    @Test
    void damageBeforeABatchWhoseWriterKnewItToBeDurableIsALoss() throws Exception {
        int[] ends = new int[2];
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            ends[0] = (int) log.activeBytes();
            logs.append(log, batch(2, 60));
            ends[1] = (int) log.activeBytes();
            logs.append(log, batch(3, 1));
        }
        byte[] damaged = Files.readAllBytes(logs.active());
        int sector = (ends[0] / 512 + 1) * 512;
        Arrays.fill(damaged, sector, sector + 512, (byte) 0);
        Files.write(logs.active(), damaged);
        assertEquals(Verdict.CORRUPT, logs.refused().verdict());
        assertEquals(0, Arrays.compare(damaged, Files.readAllBytes(logs.active())));
    }

    @Test
    void aBatchAtTheBeginOfASectorIsFoundThoughEverythingBeforeItIsLost() throws Exception {
        int end;
        int begin;
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            end = (int) log.activeBytes();
            // a payload that lets the next batch begin just behind the begin of a sector
            int frame = 512 - end % 512 + 512 + 5;
            logs.append(log, Entry.payload("x", new byte[1]));
            int overhead = (int) log.activeBytes() - end;
            logs.append(log, Entry.payload("y", new byte[frame - 2 * overhead - 2]));
            begin = (int) log.activeBytes();
            logs.append(log, batch(3, 1));
        }
        assertTrue(begin % 512 < 16, "begin=" + begin);
        byte[] damaged = Files.readAllBytes(logs.active());
        Arrays.fill(damaged, end, begin - begin % 512, (byte) 0);
        Files.write(logs.active(), damaged);
        assertEquals(Verdict.CORRUPT, logs.refused().verdict());
    }

    @Test
    void missingSwappedForeignAndEmptySegmentsAreNamed() throws Exception {
        try (BatchLog log = logs.create()) {
            for (int i = 1; i <= 3; i++) {
                logs.append(log, batch(i, 1));
                log.roll();
            }
        }
        List<Path> sealed;
        try (Stream<Path> files = Files.list(logs.segments())) {
            sealed = files.sorted().toList();
        }
        Path aside = directory.resolve("aside");
        for (Path segment : sealed) {
            Files.move(segment, aside);
            Recovery report = logs.refused();
            assertEquals(Verdict.GAP, report.verdict(), report::detail);
            assertTrue(report.detail().contains("segment missing"), report::detail);
            Files.move(aside, segment);
        }
        swap(sealed.get(0), sealed.get(1), aside);
        assertEquals(Verdict.CORRUPT, logs.refused().verdict());
        swap(sealed.get(0), sealed.get(1), aside);

        Files.move(logs.active(), aside);
        assertEquals(Verdict.GAP, logs.refused().verdict());
        Files.move(aside, logs.active());

        byte[] kept = Files.readAllBytes(sealed.get(1));
        Files.write(sealed.get(1), new byte[0]);
        assertEquals(Verdict.CORRUPT, logs.refused().verdict());
        Files.write(sealed.get(1), "not a segment at all".getBytes());
        assertTrue(logs.refused().detail().contains("not a segment"));
        Files.write(sealed.get(1), kept);
        logs.open().close();
    }

    @Test
    void aSealedSegmentCutAtTheEndOfABatchIsFound() throws Exception {
        long end;
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            end = log.activeBytes();
            logs.append(log, batch(2, 1));
            log.roll();
        }
        Path sealed = logs.segments().resolve("wal_00000001_20250628142000.avro");
        Files.write(sealed, Arrays.copyOf(Files.readAllBytes(sealed), (int) end));
        Recovery report = logs.refused();
        assertEquals(Verdict.CORRUPT, report.verdict());
        assertTrue(report.detail().contains("chained checksum mismatch"), report::detail);
    }

    @Test
    void aSnapshotCutAtTheEndOfABatchLacksEntries() throws Exception {
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 3));
            // what is not live between others makes batches of its sides
            logs.append(log, Entry.delete("b1-2"));
            logs.append(log, batch(2, 2));
            log.snapshot();
        }
        Path snapshot = Path.of(logs.layout().snapshot().path());
        byte[] whole = Files.readAllBytes(snapshot);
        List<Long> ends = new ArrayList<>();
        try (FileInput input = Logs.files().open(logs.layout().snapshot())) {
            SegmentFormat format = logs.serializer.open(input);
            for (long at = format.headerBytes().remaining(); at < whole.length; ) {
                ends.add(at);
                at += ((FrameRead.Frame) format.read(input, at)).length();
            }
        }
        for (int batches = 0; batches < ends.size(); batches++) {
            Files.write(snapshot, Arrays.copyOf(whole, ends.get(batches).intValue()));
            Recovery report = logs.refused();
            assertEquals(Verdict.CORRUPT, report.verdict(), report::detail);
            String expected = "kept entries are missing, expected=4, actual=" + (batches == 0 ? 0 : 2)
                    + ", offset=0, file=" + logs.layout().snapshot();
            assertEquals(expected, report.detail());
        }
        assertEquals(2, ends.size());
        Files.write(snapshot, whole);
        logs.open().close();
    }

    @Test
    void aSegmentOfAnotherLogIsFound() throws Exception {
        Logs other = logs(directory.resolve("other"));
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
        }
        LogLayout foreign = LogLayout.collection(
                "c2",
                org.seawall.spi.filesystem.Location.parse(
                        directory.resolve("other").toString()),
                Logs.FOUNDED);
        try (BatchLog log = BatchLog.create(other.session(Logs.files(), Logs.SETTINGS), foreign)) {
            logs.append(log, batch(1, 1));
        }
        Files.copy(
                directory.resolve("other/c2/wal_current.avro"),
                logs.active(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertTrue(logs.refused().detail().contains("segment of another log, expected=c1, actual=c2"));
        other.close();
    }

    private static void swap(Path one, Path other, Path aside) throws IOException {
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }
}
