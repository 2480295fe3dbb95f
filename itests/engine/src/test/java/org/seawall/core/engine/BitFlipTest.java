package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Recovery.Verdict;
import org.seawall.core.engine.SmallLog.Finding;
import org.seawall.spi.serializer.BatchSerializer;

/**
 * A bit that changed anywhere in any file of a log: it is found and located, or it is behind the end, where nothing was
 * written, and all entries are there. Every bit of a short file, and one of every byte of a longer one.
 */
class BitFlipTest {
    private static final int SHORT_BYTES = 400;

    static Stream<Arguments> serializers() {
        return Stream.of(Logs.AVRO, Logs.PROTOBUF).map(serializer -> Arguments.of(serializer.format(), serializer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    void inAFileOfACollection(String format, BatchSerializer serializer) throws IOException {
        try (SmallLog log = SmallLog.collection(serializer, "c1")) {
            LogImage image = log.write(new ArrayList<>());
            flipEach(log, image, SmallLog.SNAPSHOT);
            flipEach(log, image, "segments/wal_00000003_20250628142000.avro");
            flipEach(log, image, SmallLog.ACTIVE);
        }
    }

    /** The segments that the run stands for are in the archive, and in the second image still where they were. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    void inACompactedRun(String format, BatchSerializer serializer) throws IOException {
        try (SmallLog log = SmallLog.collection(serializer, "c1")) {
            LogImage image = log.writeCompacted(new ArrayList<>());
            flipEach(log, image, SmallLog.RUN);
            flipEach(log, image.withArchivedSegments(), SmallLog.RUN);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    void inAFileOfTheCatalog(String format, BatchSerializer serializer) throws IOException {
        try (SmallLog log = SmallLog.catalog(serializer)) {
            LogImage image = log.write(new ArrayList<>());
            flipEach(log, image, SmallLog.CATALOG_SNAPSHOT);
            List<String> changes = image.files().keySet().stream()
                    .filter(path -> path.startsWith("incremental/"))
                    .toList();
            flipEach(log, image, changes.get(0));
            flipEach(log, image, changes.get(changes.size() - 1));
        }
    }

    /**
     * A newest batch that holds a sector of zeroes, damaged, is not told from one of which that sector was never written: it is
     * cut off as a torn tail, with a copy aside and a report, and nothing else is lost or made up.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    void inANewestBatchWithASectorOfZeroes(String format, BatchSerializer serializer) throws IOException {
        try (SmallLog log = SmallLog.collection(serializer, "c1")) {
            LogImage image = log.write(Entry.delete("first"), Entry.payload("zeroes", new byte[2_000]));
            List<LoggedEntry> whole = log.recover(image).entries();
            byte[] file = image.file(SmallLog.ACTIVE);
            List<Integer> offsets = log.offsets(file);
            for (int at = offsets.get(1); at < offsets.get(2); at++) {
                byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                Finding finding = log.recover(image.with(SmallLog.ACTIVE, flipped));
                boolean corrupt = finding.verdict() == Verdict.CORRUPT;
                assertTrue(corrupt || finding.verdict() == Verdict.TORN_TAIL, finding::toString);
                assertEquals(corrupt ? List.of() : whole.subList(0, 1), finding.entries(), finding::detail);
                assertTrue(finding.detail().contains("offset=" + offsets.get(1)), finding::detail);
            }
        }
    }

    private static void flipEach(SmallLog log, LogImage image, String path) throws IOException {
        Finding whole = log.recover(image);
        assertEquals(Verdict.COMPLETE, whole.verdict(), whole::detail);
        byte[] file = image.file(path);
        List<Integer> offsets = log.offsets(file);
        int end = offsets.get(offsets.size() - 1);
        for (int at = 0; at < file.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                if (end <= SHORT_BYTES || bit == at % 8) {
                    byte[] flipped = file.clone();
                    flipped[at] ^= (byte) (1 << bit);
                    judge(log.recover(image.with(path, flipped)), whole, log.named(path), at < end);
                }
            }
        }
    }

    private static void judge(Finding finding, Finding whole, String file, boolean written) {
        if (written) {
            assertEquals(Verdict.CORRUPT, finding.verdict(), finding::toString);
        } else {
            assertEquals(Verdict.TORN_TAIL, finding.verdict(), finding::toString);
            assertEquals(whole.entries(), finding.entries(), finding::detail);
        }
        for (String part : List.of("expected=", "actual=", "offset=", "file=" + file)) {
            assertTrue(finding.detail().contains(part), finding::toString);
        }
    }
}
