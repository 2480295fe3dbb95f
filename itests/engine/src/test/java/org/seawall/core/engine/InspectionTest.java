package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.batch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.OperationHook;

/** Each kind of damage has its verdict, in the file that it is in, and what lies behind it is looked at, too. */
class InspectionTest {
    @TempDir
    Path directory;

    private Logs logs;

    @BeforeEach
    void open() {
        logs = new Logs(directory);
    }

    @AfterEach
    void close() {
        logs.close();
    }

    /** Three sealed segments of two batches each, and an active one of two; returns the sealed ones. */
    private List<Path> fourSegments() throws IOException {
        try (BatchLog log = logs.create()) {
            for (int i = 1; i <= 4; i++) {
                logs.append(log, batch(2 * i, 2));
                logs.append(log, batch(2 * i + 1, 1));
                if (i < 4) {
                    log.roll();
                }
            }
        }
        return sealed();
    }

    private List<Path> sealed() throws IOException {
        try (Stream<Path> files = Files.list(logs.segments())) {
            return files.sorted().toList();
        }
    }

    private Inspected inspect() throws IOException {
        return inspect(false, InspectionProgress.NONE);
    }

    private Inspected inspect(boolean perCommit, InspectionProgress progress) throws IOException {
        return new LogInspection(files(), Inspection.of(perCommit, progress)).run(() -> BatchSink.NONE);
    }

    private LogFiles files() {
        return new LogFiles(Logs.files(), List.of(Logs.AVRO, Logs.PROTOBUF), logs.layout());
    }

    private static List<Verdict> verdicts(Inspected inspected) {
        return inspected.reports().stream().map(FileReport::verdict).toList();
    }

    private static FileReport worst(Inspected inspected) {
        return inspected.reports().stream()
                .filter(report -> report.verdict() == inspected.verdict())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSoundLogIsCountedFileByFile() throws Exception {
        fourSegments();
        long[] progress = {0, 0};
        Inspected inspected = inspect(false, (done, total, file) -> {
            assertTrue(done >= progress[0] && done <= total, () -> "done=" + done + ", total=" + total);
            progress[0] = done;
            progress[1]++;
        });
        assertEquals(Verdict.COMPLETE, inspected.verdict(), inspected::toString);
        assertEquals(
                List.of("SEGMENT 1: 2/3 1..3", "SEGMENT 2: 2/3 4..6", "SEGMENT 3: 2/3 7..9", "ACTIVE 4: 2/3 10..12"),
                inspected.reports().stream()
                        .map(r -> r.kind() + " " + r.number() + ": " + r.batches() + "/" + r.entries() + " "
                                + r.firstSequence() + ".." + r.lastSequence())
                        .toList());
        assertEquals(8, progress[1]);
        assertEquals(13, inspected.head().orElseThrow().nextSequence());
    }

    @Test
    void aFlippedByteInTheMiddleIsFoundInItsFileAndTheRestIsReadNevertheless() throws Exception {
        Path second = fourSegments().get(1);
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length - 40] ^= 1;
        Files.write(second, bytes);
        Inspected inspected = inspect();
        assertEquals(
                List.of(Verdict.COMPLETE, Verdict.CORRUPT, Verdict.COMPLETE, Verdict.COMPLETE), verdicts(inspected));
        FileReport damaged = worst(inspected);
        assertEquals("file:" + second, damaged.file());
        assertTrue(damaged.offset() > 0 && damaged.offset() < bytes.length - 40, damaged::toString);
        assertTrue(damaged.detail().contains("expected=") && damaged.detail().contains("actual="), damaged::detail);
        assertTrue(damaged.detail().contains("offset=" + damaged.offset()), damaged::detail);
        assertTrue(inspected.head().isPresent(), "the active segment is in order by itself");
    }

    @Test
    void validBatchesBehindDamageAreFoundAgain() throws Exception {
        Path second = fourSegments().get(1);
        FileReport whole = inspect().reports().get(1);
        byte[] bytes = Files.readAllBytes(second);
        int length = bytes.length;
        // somewhere in the first batch: its id
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("b4-0");
        bytes[at] ^= 1;
        Files.write(second, bytes);
        FileReport damaged = inspect().reports().get(1);
        assertEquals(Verdict.CORRUPT, damaged.verdict());
        assertEquals(length, whole.bytes());
        assertEquals(1, damaged.batches(), damaged::toString);
        assertEquals(whole.lastSequence(), damaged.firstSequence());
    }

    @Test
    void damageInSeveralFilesIsReportedForEach() throws Exception {
        List<Path> sealed = fourSegments();
        Files.write(sealed.get(0), new byte[0]);
        Files.write(sealed.get(2), "not a segment at all".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(Verdict.CORRUPT, Verdict.COMPLETE, Verdict.CORRUPT, Verdict.COMPLETE), verdicts(inspect()));
    }

    @Test
    void everyMissingFileIsAGapWithItsName() throws Exception {
        List<Path> sealed = fourSegments();
        Path aside = directory.resolve("aside");
        for (Path segment : sealed) {
            Files.move(segment, aside);
            Inspected inspected = inspect();
            assertEquals(Verdict.GAP, inspected.verdict(), inspected::toString);
            assertEquals(4, inspected.reports().size(), inspected::toString);
            assertEquals("file:" + segment, worst(inspected).file());
            Files.move(aside, segment);
        }
        Files.move(logs.active(), aside);
        assertEquals(Kind.SEGMENT, worst(inspect()).kind());
        assertEquals(Verdict.GAP, inspect().verdict());
    }

    @Test
    void aTornTailIsTornAndDamageOfABatchThatWasWholeIsNot() throws Exception {
        long end;
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 1));
            end = log.activeBytes();
            logs.append(log, batch(2, 3));
        }
        byte[] whole = Files.readAllBytes(logs.active());
        Files.write(logs.active(), Arrays.copyOf(whole, (int) end + 33));
        FileReport torn = worst(inspect());
        assertEquals(Verdict.TORN_TAIL, torn.verdict());
        assertEquals(end, torn.offset());
        byte[] flipped = whole.clone();
        flipped[(int) end + 33] ^= 1;
        Files.write(logs.active(), flipped);
        assertEquals(Verdict.CORRUPT, inspect().verdict());
    }

    @Test
    void swappedForeignAndStrayFilesAreNamed() throws Exception {
        List<Path> sealed = fourSegments();
        byte[] first = Files.readAllBytes(sealed.get(0));
        Files.write(sealed.get(0), Files.readAllBytes(sealed.get(1)));
        assertEquals(Verdict.CORRUPT, inspect().reports().get(0).verdict());
        assertTrue(inspect().reports().get(0).detail().startsWith("segment out of order"));
        Files.write(sealed.get(0), first);

        LogLayout other = LogLayout.collection("c2", logs.layout().directory().parent(), Logs.FOUNDED);
        try (BatchLog log = BatchLog.create(logs.session(Logs.files(), Logs.SETTINGS), other)) {
            logs.append(log, batch(1, 1));
            log.roll();
        }
        byte[] second = Files.readAllBytes(sealed.get(1));
        Files.copy(
                Path.of(other.segments().segments().child(other.firstName()).path()),
                sealed.get(1),
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Verdict.FOREIGN, inspect().reports().get(1).verdict());
        assertEquals(Verdict.COMPLETE, inspect().reports().get(2).verdict());
        Files.write(sealed.get(1), second);

        Files.writeString(logs.segments().resolve("notes.txt"), "x");
        FileReport stray = worst(inspect());
        assertEquals(Verdict.FOREIGN, stray.verdict());
        assertEquals(Kind.OTHER, stray.kind());
    }

    @Test
    void theArchiveIsVerifiedAndADamagedSnapshotDoesNotHideTheSegmentsBehindIt() throws Exception {
        try (BatchLog log = logs.create()) {
            logs.append(log, batch(1, 3));
            log.snapshot();
            logs.append(log, batch(2, 2));
            log.roll();
            logs.append(log, batch(3, 2));
        }
        assertEquals(
                List.of(Kind.SNAPSHOT, Kind.SEGMENT, Kind.ACTIVE, Kind.ARCHIVED),
                inspect().reports().stream().map(FileReport::kind).toList());
        assertEquals(Verdict.COMPLETE, inspect().verdict());

        Path snapshot = Path.of(logs.layout().snapshot().path());
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length - 30] ^= 1;
        Files.write(snapshot, bytes);
        assertEquals(
                List.of(Verdict.CORRUPT, Verdict.COMPLETE, Verdict.COMPLETE, Verdict.COMPLETE), verdicts(inspect()));
        bytes[bytes.length - 30] ^= 1;
        Files.write(snapshot, bytes);

        Path archived = Path.of(inspect().reports().get(3).file().substring("file:".length()));
        Files.write(archived, Arrays.copyOf(Files.readAllBytes(archived), (int) Files.size(archived) - 5));
        assertEquals(
                List.of(Verdict.COMPLETE, Verdict.COMPLETE, Verdict.COMPLETE, Verdict.CORRUPT), verdicts(inspect()));
    }

    @Test
    void aCompactedRunStandsForItsSegmentsAndIsVerified() throws Exception {
        try (BatchLog log = logs.create()) {
            for (int i = 1; i <= 3; i++) {
                logs.append(log, batch(i, 2));
                log.roll();
            }
            log.compact();
            logs.append(log, batch(4, 2));
        }
        Inspected inspected = inspect();
        assertEquals(
                Verdict.COMPLETE,
                inspected.verdict(),
                () -> inspected.findings().toString());
        assertEquals(
                List.of(Kind.RUN, Kind.ACTIVE),
                inspected.chain().stream().map(FileReport::kind).toList());
        assertEquals(9, inspected.head().orElseThrow().nextSequence());
        Path run = sealed().get(0);
        byte[] bytes = Files.readAllBytes(run);
        bytes[bytes.length - 30] ^= 1;
        Files.write(run, bytes);
        assertEquals(Verdict.CORRUPT, inspect().chain().get(0).verdict());
        Files.delete(run);
        assertEquals(Verdict.GAP, inspect().verdict());
    }

    @Test
    void anObjectOffTheChainIsAnOrphanUnlessItsWriterKnewMore() throws Exception {
        WriteStrategy objects = new ObjectStrategy();
        Session session = logs.session(Logs.files(), objects, Logs.SETTINGS);
        try (BatchLog log = BatchLog.create(session, logs.layout())) {
            for (int i = 1; i <= 3; i++) {
                logs.append(log, batch(i, 1));
            }
        }
        assertEquals(Verdict.COMPLETE, inspect(true, InspectionProgress.NONE).verdict());
        List<Path> sealed = sealed();
        Files.delete(sealed.get(1));
        assertEquals(Verdict.GAP, inspect(true, InspectionProgress.NONE).verdict());
        Files.delete(sealed.get(0));
        Files.copy(sealed.get(2), logs.segments().resolve("wal_00000002_20250101000000.avro"));
        assertEquals(Verdict.GAP, inspect(true, InspectionProgress.NONE).verdict());
    }

    @Test
    void anActiveSegmentThatIsSealedBetweenItsSizeAndItsBytesIsLookedAtAgain() throws Exception {
        try (BatchLog log = logs.create()) {
            AtomicInteger rolls = new AtomicInteger(3);
            FaultyFileSystem files = rolling(log, rolls);
            Inspected inspected = inspection(files).run(() -> BatchSink.NONE);
            assertEquals(0, rolls.get());
            assertEquals(Verdict.COMPLETE, inspected.verdict(), inspected::toString);
            assertEquals(4, inspected.reports().size());
        }
    }

    @Test
    void anActiveSegmentThatIsSealedAtEveryLookIsNotLookedAtForever() throws Exception {
        try (BatchLog log = logs.create()) {
            AtomicInteger rolls = new AtomicInteger(1_000);
            FaultyFileSystem files = rolling(log, rolls);
            assertThrows(EOFException.class, () -> inspection(files).run(() -> BatchSink.NONE));
            assertTrue(rolls.get() > 900, () -> "rolls left=" + rolls);
        }
    }

    /** Seals the active segment when it has been opened, and its size is known. */
    private FaultyFileSystem rolling(BatchLog log, AtomicInteger rolls) {
        FaultyFileSystem files = new FaultyFileSystem(Logs.files(), 0);
        files.hook(new OperationHook() {
            /** There are zeroes behind the last batch, which sealing cuts off, however far ahead they were written. */
            @Override
            public void before(String operation) throws IOException {
                if (operation.equals("open wal_current.avro")) {
                    try (FileChannel active = FileChannel.open(logs.active(), StandardOpenOption.WRITE)) {
                        active.write(ByteBuffer.allocate(1), active.size() + 10_000);
                    }
                }
            }

            @Override
            public void after(String operation) {
                if (operation.equals("open wal_current.avro") && rolls.get() > 0) {
                    logs.append(log, batch(rolls.getAndDecrement() % 100, 3));
                    log.roll();
                }
            }
        });
        return files;
    }

    private LogInspection inspection(FileSystem fileSystem) {
        LogFiles files = new LogFiles(fileSystem, List.of(Logs.AVRO, Logs.PROTOBUF), logs.layout());
        return new LogInspection(files, Inspection.of(false, InspectionProgress.NONE));
    }

    /** Written behind a commit that never became durable, by a writer that knew of nothing behind the chain. */
    @Test
    void anObjectThatWasNeverAcknowledgedIsAnOrphanAndTheLogIsWhole() throws Exception {
        for (int later : List.of(-30, 30)) {
            Path forked = Files.createDirectory(directory.resolve("fork" + later));
            Logs fork = new Logs(forked);
            try (BatchLog log = BatchLog.create(objects(60), fork.layout())) {
                for (int i = 1; i <= 3; i++) {
                    fork.append(log, batch(i, 1));
                }
            }
            Logs own = new Logs(Files.createDirectory(directory.resolve("log" + later)));
            try (BatchLog log = BatchLog.create(objects(60 + later), own.layout())) {
                for (int i = 1; i <= 3; i++) {
                    own.append(log, batch(i, 1));
                }
            }
            Path orphan = last(fork);
            Path stray = own.segments().resolve(orphan.getFileName());
            Files.copy(orphan, stray);
            Inspected inspected = inspection(own.layout()).run(() -> BatchSink.NONE);
            assertEquals(Verdict.ORPHAN, inspected.verdict(), inspected::toString);
            assertEquals("file:" + stray, worst(inspected).file());
            assertEquals(4, inspected.head().orElseThrow().nextSequence());
            try (BatchLog log = Logs.opened(BatchLog.open(objects(90), own.layout()))) {
                assertEquals(Logs.ids(batch(1, 1), batch(2, 1), batch(3, 1)), Logs.ids(log));
            }
            // without the commit before it, its writer knew of more than there is
            Files.delete(second(own));
            Inspected gap = inspection(own.layout()).run(() -> BatchSink.NONE);
            assertEquals(Verdict.GAP, gap.verdict(), gap::toString);
            fork.close();
            own.close();
        }
    }

    private static Session objects(int seconds) {
        Clock clock = Clock.fixed(Logs.FOUNDED.plusSeconds(seconds), ZoneOffset.UTC);
        Backend backend = new Backend(Logs.files(), new ObjectStrategy(), Logs.AVRO, List.of(Logs.AVRO), clock);
        return new Session(backend, Logs.SETTINGS, Runnable::run, "test");
    }

    private static LogInspection inspection(LogLayout layout) {
        LogFiles files = new LogFiles(Logs.files(), List.of(Logs.AVRO), layout);
        return new LogInspection(files, Inspection.of(true, InspectionProgress.NONE));
    }

    private static Path second(Logs of) throws IOException {
        try (Stream<Path> files = Files.list(of.segments())) {
            return files.sorted().toList().get(1);
        }
    }

    private static Path last(Logs of) throws IOException {
        try (Stream<Path> files = Files.list(of.segments())) {
            List<Path> sorted = files.sorted().toList();
            return sorted.get(sorted.size() - 1);
        }
    }

    /** A log that is written to, rolled and snapshot all the time is never called damaged. */
    @Test
    void aGrowingLogIsInOrderAtEveryLook() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        try (BatchLog log = logs.create()) {
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; !done.get(); i++) {
                        logs.append(log, batch(i % 100, 20));
                        if (i % 7 == 6) {
                            log.roll();
                        }
                        if (i % 50 == 49) {
                            log.snapshot();
                        }
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            writer.start();
            try {
                for (int look = 0; look < 30; look++) {
                    Inspected inspected = inspect();
                    assertEquals(
                            Verdict.COMPLETE,
                            inspected.verdict(),
                            () -> inspected.findings().toString());
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
        assertEquals(List.of(), failures);
    }
}
