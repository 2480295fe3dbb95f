package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.Recovery;
import org.seawall.SequenceRange;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Repair;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;
import org.seawall.testkit.Storage;

/** Several groups in flight to an object store: when they go, when they are told, and what is left of them. */
class FlightTest {
    private static final Unforced.Readers NOBODY = new Unforced.Readers() {
        @Override
        public void show(long firstSequence, EncodedBatch batch) {}

        @Override
        public void groupEnds() {}
    };

    private final Storage storage = ObjectLogs.storage();
    private final FaultyFileSystem process = new FaultyFileSystem(storage.files(), 0);
    private final HeldTime time = new HeldTime();
    private final List<String> told = new ArrayList<>();

    private ObjectLogs logs(int groups, long millis) {
        return ObjectLogs.on(storage.through(process), new CommitWindow(groups, millis));
    }

    private BatchLog create(ObjectLogs logs) throws IOException {
        BatchLog log = BatchLog.create(logs.session(time), logs.layout());
        logs.creations().hold();
        return log;
    }

    private CompletableFuture<SequenceRange> append(BatchLog log, String id) {
        return append(log, id, 10);
    }

    private CompletableFuture<SequenceRange> append(BatchLog log, String id, int bytes) {
        CompletableFuture<SequenceRange> durable = ObjectLogs.append(log, id, bytes);
        durable.thenRun(() -> told.add(id));
        return durable;
    }

    private List<Location> segments(ObjectLogs logs) throws IOException {
        return logs.files().list(logs.segments()).stream()
                .map(FileInfo::location)
                .toList();
    }

    @Test
    void whatArrivesFirstIsToldInItsTurnAndSeenNotBefore() throws IOException {
        ObjectLogs logs = logs(4, 0);
        try (BatchLog log = create(logs)) {
            List.of("a", "b", "c", "d", "e", "f").forEach(id -> append(log, id));
            assertEquals(4, logs.creations().waiting(), "groups in flight");
            logs.creations().make(2);
            logs.creations().make(1);
            assertEquals(List.of(), told);
            assertEquals(List.of(), Logs.ids(log));
            assertEquals(2, logs.creations().waiting(), "no more than four in flight");
            logs.creations().make(0);
            assertEquals(List.of("a", "b", "c"), told);
            assertEquals(List.of("a", "b", "c"), Logs.ids(log));
            assertEquals(2, logs.creations().waiting(), "what waited is one group");
            logs.creations().release();
            assertEquals(List.of("a", "b", "c", "d", "e", "f"), told);
        }
    }

    @Test
    void anActionAndTheCloseWaitUntilNothingIsInFlight() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            ObjectLogs logs = logs(4, 0);
            Committer committer = committer(logs);
            logs.creations().hold();
            append(committer, "a");
            append(committer, "b");
            committer.run(writer -> told.add("action behind " + (writer.head().nextSequence() - 1)));
            append(committer, "c");
            committer.close().thenRun(() -> told.add("closed"));
            assertEquals(List.of(), told);
            logs.creations().make(1);
            assertEquals(List.of(), told);
            logs.creations().make(0);
            assertEquals(List.of("a", "b", "action behind 2"), told);
            logs.creations().release();
            assertEquals(List.of("a", "b", "action behind 2", "c", "closed"), told);
        });
    }

    private Committer committer(ObjectLogs logs) throws IOException {
        Session session = logs.session(time);
        SegmentStore store =
                session.backend().strategy().open(logs.files(), logs.layout().segments());
        SegmentWriter writer = SegmentWriter.resume(session, logs.layout(), store, Head.founded(logs.layout()));
        return new Committer(writer, NOBODY, session, logs.layout());
    }

    private void append(Committer committer, String id) {
        committer
                .append(Logs.AVRO.encode(List.of(Entry.payload(id, new byte[1])), 1), Acknowledgement.DURABLE)
                .durable()
                .thenRun(() -> told.add(id));
    }

    @Test
    void aLoneBatchNeverWaitsAndOthersWaitForTheWindow() throws IOException {
        ObjectLogs logs = logs(4, 10);
        try (BatchLog log = create(logs)) {
            append(log, "a");
            assertEquals(1, logs.creations().waiting(), "a lone batch has gone");
            append(log, "b");
            time.pass(9);
            append(log, "c");
            assertEquals(1, logs.creations().waiting(), "sent before its time");
            time.pass(1);
            assertEquals(2, logs.creations().waiting(), "not sent when its time was over");
            append(log, "d", 4_000);
            assertEquals(3, logs.creations().waiting(), "a full group waited");
            append(log, "e");
            assertEquals(3, logs.creations().waiting());
            while (logs.creations().waiting() > 1) {
                logs.creations().make(0);
            }
            assertEquals(List.of("a", "b", "c"), told);
            logs.creations().make(0);
            assertEquals(1, logs.creations().waiting(), "nothing was in flight any more");
            logs.creations().release();
            assertEquals(List.of("a", "b", "c", "d", "e"), told);
        }
        assertEquals(5, segments(logs).size(), "a fence, and four groups");
    }

    @Test
    void withoutFencesThereIsOneInFlight() throws IOException {
        ObjectLogs logs = logs(4, 0);
        LogLayout catalog = LogLayout.catalog(storage.directory().child("catalog"));
        try (BatchLog log = BatchLog.create(logs.session(time), catalog)) {
            logs.creations().hold();
            append(log, "a");
            append(log, "b");
            assertEquals(1, logs.creations().waiting());
            logs.creations().release();
        }
        assertEquals(List.of("a", "b"), told);
    }

    /** What is left of a failure is no damage, is in nobody's way, and goes to the archive. */
    @Test
    void behindAFailureWhatArrivedIsAnOrphanUntilASnapshotCoversIt() throws IOException {
        ObjectLogs logs = logs(4, 0);
        BatchLog log = create(logs);
        List<CompletableFuture<SequenceRange>> all = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "d")) {
            all.add(append(log, id));
        }
        logs.creations().make(0);
        logs.creations().make(1);
        logs.creations().make(1);
        process.failAt(1, Moment.BEFORE);
        logs.creations().release();
        all.get(0).join();
        all.subList(1, 4).forEach(lost -> assertThrows(CompletionException.class, lost::join));
        log.close();
        assertEquals(Verdict.ORPHAN, inspected(logs).verdict());
        assertTrue(dropped(logs).isEmpty(), "what may be in flight is no orphan to a repair");
        List<Location> orphans = segments(logs).subList(2, 4);
        try (BatchLog again = Logs.opened(BatchLog.openAfterFailure(logs.session(time), log))) {
            assertEquals(List.of("a"), Logs.ids(again));
            for (String id : List.of("e", "f", "g")) {
                append(again, id).join();
            }
            assertTrue(segments(logs).containsAll(orphans));
            assertEquals(orphans.stream().map(Location::toString).toList(), dropped(logs));
            again.snapshot();
            assertEquals(2, segments(logs).size(), "the fences");
        }
        assertEquals(Verdict.COMPLETE, inspected(logs).verdict());
        try (BatchLog last = Logs.opened(BatchLog.open(logs.session(time), logs.layout()))) {
            assertEquals(List.of("a", "e", "f", "g"), Logs.ids(last));
        }
    }

    /** The seconds of the names tell the writers apart, though all of them are built in the same second. */
    @Test
    void whatIsLeftOfAWriterIsNotInTheWayOfTheNextOneInTheSameSecond() throws IOException {
        ObjectLogs logs = new ObjectLogs(
                process,
                storage.directory(),
                new HeldCreations(),
                logs(16, 0).settings(),
                Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC));
        BatchLog stalled = create(logs);
        for (int i = 0; i < 16; i++) {
            append(stalled, "stalled" + i);
        }
        ObjectLogs next = new ObjectLogs(
                storage.files(), storage.directory(), new HeldCreations(), logs.settings(), logs.clock());
        for (int opening = 0; opening < 20; opening++) {
            try (BatchLog log = Logs.opened(BatchLog.open(next.session(time), next.layout()))) {
                ObjectLogs.append(log, "b" + opening).join();
            }
            while (opening == 1 && logs.creations().waiting() > 0) {
                logs.creations().make(logs.creations().waiting() - 1);
            }
        }
        assertEquals(List.of(), told);
        assertInstanceOf(LogFencedException.class, stalled.failure().orElseThrow());
        assertEquals(Verdict.ORPHAN, inspected(next).verdict());
    }

    @Test
    void aMissingSegmentIsAGapIfALaterWriterKnewThatItWasDurable() throws IOException {
        ObjectLogs logs = written();
        logs.files().delete(segments(logs).get(2));
        gap(logs);
    }

    @Test
    void aMissingFenceIsAGap() throws IOException {
        ObjectLogs logs = written();
        try (BatchLog log = Logs.opened(BatchLog.open(logs.session(time), logs.layout()))) {
            logs.creations().hold();
            ObjectLogs.append(log, "d");
            logs.creations().release();
        }
        List<Location> segments = segments(logs);
        logs.files().delete(segments.get(segments.size() - 2));
        gap(logs);
    }

    @Test
    void aSegmentMissingBeforeAFenceIsAGap() throws IOException {
        ObjectLogs logs = written();
        BatchLog log = Logs.opened(BatchLog.open(logs.session(time), logs.layout()));
        log.close();
        List<Location> segments = segments(logs);
        logs.files().delete(segments.get(segments.size() - 2));
        gap(logs);
    }

    private ObjectLogs written() throws IOException {
        ObjectLogs logs = logs(4, 0);
        try (BatchLog log = create(logs)) {
            logs.creations().release();
            for (String id : List.of("a", "b", "c")) {
                append(log, id).join();
            }
        }
        return logs;
    }

    private void gap(ObjectLogs logs) throws IOException {
        Opening.Refused refused =
                assertInstanceOf(Opening.Refused.class, BatchLog.open(logs.session(time), logs.layout()));
        assertEquals(Recovery.Verdict.GAP, refused.report().verdict());
        assertEquals(Verdict.GAP, inspected(logs).verdict());
    }

    /** The files that a repair would remove. */
    private List<String> dropped(ObjectLogs logs) throws IOException {
        LogFiles files = new LogFiles(storage.files(), List.of(Logs.AVRO), logs.layout());
        return new LogRepair(files, true, Logs.FOUNDED)
                .orphans("c", inspected(logs))
                .map(Repair.Step::files)
                .orElse(List.of());
    }

    private Inspected inspected(ObjectLogs logs) throws IOException {
        LogFiles files = new LogFiles(storage.files(), List.of(Logs.AVRO), logs.layout());
        Inspection inspection = Inspection.of(true, InspectionProgress.NONE).whenSettled();
        return new LogInspection(files, inspection).run(() -> BatchSink.NONE);
    }
}
