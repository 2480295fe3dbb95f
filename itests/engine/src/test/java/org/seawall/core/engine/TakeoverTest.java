package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.SequenceRange;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Moment;
import org.seawall.testkit.OperationHook;

/** How a log changes hands where the storage has no locks, also that of a writer who never rests. */
class TakeoverTest {
    private static final Set<Capability> OBJECTS = EnumSet.of(
            Capability.CREATE_EXCLUSIVE, Capability.CONDITIONAL_REPLACE, Capability.STRONG_LIST, Capability.RANGE_READ);
    private static final LogLayout LAYOUT = LogLayout.collection("c1", Location.parse("memory:/wal"), Logs.FOUNDED);
    private static final Takeover TIMES = new Takeover(1_000, 2_000, 100, 5_000, 20_000);
    private static final Location REQUEST = Location.parse("memory:/wal/c1/wal.takeover");

    private final FileSystem storage = new MemoryFileSystem(OBJECTS, 0);
    private final FaultyFileSystem writersFiles = new FaultyFileSystem(storage, 0);
    private final FaultyFileSystem othersFiles = new FaultyFileSystem(storage, 0);
    private final HeldTime time = new HeldTime();
    private final List<CompletableFuture<SequenceRange>> appends = new ArrayList<>();

    private Session session(FileSystem files, String name) {
        Clock clock = Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC);
        Backend backend = new Backend(files, new ObjectStrategy(Runnable::run), Logs.AVRO, List.of(Logs.AVRO), clock);
        return new Session(backend, Logs.SETTINGS, Runnable::run, name)
                .with(time)
                .with(TIMES);
    }

    private BatchLog created() throws IOException {
        return BatchLog.create(session(writersFiles, "writer"), LAYOUT);
    }

    private Opening opened() {
        return BatchLog.open(session(othersFiles, "other"), LAYOUT);
    }

    private CompletableFuture<SequenceRange> append(BatchLog log) {
        Entry entry = Entry.payload("e" + appends.size(), new byte[10]);
        appends.add(log.append(Logs.AVRO.encode(List.of(entry), 1)));
        return appends.get(appends.size() - 1);
    }

    private void append(BatchLog log, int count) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<SequenceRange> next = append(log);
            assertTrue(next.isDone(), "not committed");
            next.join();
        }
    }

    private List<String> acknowledged() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < appends.size(); i++) {
            if (appends.get(i).isDone() && !appends.get(i).isCompletedExceptionally()) {
                ids.add("e" + i);
            }
        }
        return ids;
    }

    /** Commits before every fence of the other, as long as it commits at all. */
    private void neverRests(BatchLog writer) {
        othersFiles.hook(operation -> {
            if (operation.startsWith("create wal_")) {
                append(writer);
                append(writer);
            }
        });
    }

    private static int count(List<String> operations, String operation) {
        return (int) operations.stream().filter(operation::equals).count();
    }

    @Test
    void aWriterThatNeverRestsIsTakenOver() throws IOException {
        BatchLog writer = created();
        append(writer, 3);
        neverRests(writer);
        BatchLog other = Logs.opened(opened());
        List<String> before = Logs.ids(other);
        othersFiles.hook(OperationHook.NONE);
        time.pass(250);
        CompletionException lost = assertThrows(CompletionException.class, appends.get(appends.size() - 1)::join);
        LogFencedException fenced = assertInstanceOf(LogFencedException.class, lost.getCause());
        assertTrue(fenced.getMessage().contains("epoch=2, "), fenced::getMessage);
        assertTrue(fenced.getMessage().contains("writer other"), fenced::getMessage);
        assertEquals(acknowledged(), before);
        assertTrue(before.size() > 10, () -> "not many were committed meanwhile: " + before);
        append(other, 2);
        assertEquals(acknowledged(), Logs.ids(other));
        assertEquals(1, count(othersFiles.history(), "replace wal.takeover"));
    }

    /** The other asks, and dies before its next attempt. */
    @Test
    void aRequestThatNobodyFollowsIsAPauseAndNothingElse() throws IOException {
        BatchLog writer = created();
        neverRests(writer);
        List<CompletableFuture<SequenceRange>> inThePause = new ArrayList<>();
        othersFiles.hook(new OperationHook() {
            private boolean asked;

            @Override
            public void before(String operation) throws IOException {
                if (asked) {
                    throw new IOException("has died");
                }
                if (operation.startsWith("create wal_")) {
                    append(writer);
                    append(writer);
                }
            }

            @Override
            public void after(String operation) {
                asked = operation.equals("replace wal.takeover");
            }
        });
        assertInstanceOf(Opening.Refused.class, opened());
        time.pass(TIMES.lookMillis());
        append(writer, 1);
        inThePause.add(append(writer));
        inThePause.add(append(writer));
        for (int i = 0; i < 7; i++) {
            time.pass(250);
        }
        assertTrue(inThePause.stream().noneMatch(CompletableFuture::isDone), "committed in the pause");
        time.pass(250);
        assertTrue(inThePause.stream().allMatch(CompletableFuture::isDone), "not committed behind the pause");
        for (int i = 0; i < 20; i++) {
            time.pass(TIMES.lookMillis());
            append(writer, 1);
        }
        assertEquals(Optional.empty(), writer.failure());
        assertEquals(acknowledged(), Logs.ids(writer));
    }

    @Test
    void aWriterLooksWhileItCommitsOftenAndNotBefore() throws IOException {
        BatchLog writer = created();
        List<String> reads = new ArrayList<>();
        writersFiles.hook(reads::add);
        append(writer, 10);
        assertEquals(0, count(reads, "find wal.takeover"), "within the first second");
        time.pass(Duration.ofHours(1).toMillis());
        append(writer, 1);
        assertEquals(1, count(reads, "find wal.takeover"));
        for (int i = 0; i < 3; i++) {
            time.pass(Duration.ofHours(1).toMillis());
            append(writer, 1);
        }
        assertEquals(1, count(reads, "find wal.takeover"), "three commits in three hours are not often");
        append(writer, 1);
        assertEquals(2, count(reads, "find wal.takeover"));
        append(writer, 100);
        assertEquals(2, count(reads, "find wal.takeover"), "once a second is enough");
        reads.clear();
        time.pass(Duration.ofDays(1).toMillis());
        assertEquals(List.of(), reads);
    }

    /** As it is left for ever once a log has changed hands, or by whoever may write to the storage. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "epoch=1\nattemptMillis=5\nby=one who was here before\nnonce=1\n",
                "",
                "epoch=99999999999999999999\nattemptMillis=1\n",
                "attemptMillis=1\n",
                "\u0000\u0001\u0002"
            })
    void aRequestForAnEarlierEpochOrNoneIsReadOnce(String text) throws IOException {
        created().close();
        BatchLog writer = Logs.opened(BatchLog.open(session(writersFiles, "writer"), LAYOUT));
        assertEquals(2, writer.epoch());
        request(text);
        List<String> reads = new ArrayList<>();
        writersFiles.hook(reads::add);
        for (int i = 0; i < 3; i++) {
            time.pass(TIMES.lookMillis());
            append(writer, 4);
        }
        assertEquals(3, count(reads, "find wal.takeover"));
        assertEquals(1, count(reads, "open wal.takeover"));
    }

    private void request(String text) throws IOException {
        storage.replace(
                REQUEST,
                List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
                storage.find(REQUEST).map(FileInfo::version));
    }

    @Test
    void aRequestCanAskForALongerPauseButNotForAnyLength() throws IOException {
        BatchLog writer = created();
        append(writer, 3);
        request("epoch=1\nattemptMillis=9223372036854775807\nby=somebody\nnonce=1\n");
        time.pass(TIMES.lookMillis());
        append(writer, 1);
        CompletableFuture<SequenceRange> waits = append(writer);
        time.pass(10 * TIMES.yieldMillis() - 1);
        assertFalse(waits.isDone());
        time.pass(100);
        assertTrue(waits.isDone());
    }

    /** Requests without end: it commits half of the time. */
    @Test
    void aWriterCommitsForAsLongAsItYielded() throws IOException {
        BatchLog writer = created();
        long committing = 0;
        for (int tick = 0; tick < 1_000; tick++) {
            request("epoch=1\nattemptMillis=1\nby=somebody\nnonce=" + tick + "\n");
            CompletableFuture<SequenceRange> next = append(writer);
            committing += next.isDone() ? 1 : 0;
            append(writer);
            time.pass(100);
        }
        time.pass(TIMES.yieldMillis());
        assertTrue(committing >= 500, "committed at " + committing + " of 1000 ticks");
        assertTrue(committing < 900, "did not yield, committed at " + committing + " of 1000 ticks");
        assertEquals(appends.size(), acknowledged().size());
    }

    @Test
    void aLogThatClosesInAPauseDoesNotWaitForItsEnd() throws Exception {
        BatchLog writer = created();
        append(writer, 3);
        request("epoch=1\nattemptMillis=1\nby=somebody\nnonce=1\n");
        time.pass(TIMES.lookMillis());
        append(writer, 1);
        CompletableFuture<SequenceRange> waits = append(writer);
        assertFalse(waits.isDone());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread closing = new Thread(() -> {
            writer.close();
            closed.complete(null);
        });
        closing.start();
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        time.pass(250);
        closed.get(30, TimeUnit.SECONDS);
        assertEquals(List.of("e0", "e1", "e2", "e3", "e4"), acknowledged());
    }

    /** A writer of an older version, for example. */
    @Test
    void oneWhoIsNotLetInGivesUpAfterAWhile() throws IOException {
        BatchLog writer = created();
        List<String> requests = new ArrayList<>();
        othersFiles.hook(operation -> {
            if (operation.startsWith("create wal_")) {
                storage.replace(REQUEST, List.of(), storage.find(REQUEST).map(FileInfo::version));
                append(writer);
            }
            if (operation.equals("replace wal.takeover")) {
                requests.add(operation);
            }
        });
        Opening.Refused refused = assertInstanceOf(Opening.Refused.class, opened());
        LogUnavailableException cause = assertInstanceOf(LogUnavailableException.class, refused.cause());
        assertTrue(cause.getMessage().contains("does not yield"), cause::getMessage);
        assertEquals(4, requests.size(), "asked every five of twenty seconds");
        append(writer, 1);
        assertEquals(acknowledged(), Logs.ids(writer));
    }

    @Test
    void aFenceOfOnesOwnWhoseOutcomeWasUnknownIsNoTakeover() throws IOException {
        BatchLog failed = failed();
        writersFiles.failAt(1, Moment.AFTER);
        Opening.Refused refused = assertInstanceOf(Opening.Refused.class, reopened(failed));
        assertInstanceOf(OutcomeUnknownException.class, refused.cause());
        assertEquals(5, storage.list(LAYOUT.segments().segments()).size(), "two fences and three batches");
        BatchLog again = Logs.opened(reopened(failed));
        assertEquals(3, again.epoch());
        append(again, 1);
    }

    /** The fence stands, and what the opening does behind it fails. */
    @Test
    void aFenceOfOnesOwnBehindWhichTheOpeningFailedIsNoTakeover() throws IOException {
        BatchLog failed = failed();
        int before = writersFiles.history().size();
        writersFiles.hook(operation -> {
            if (operation.startsWith("find vectors_snapshot")
                    && writersFiles.history().size() > before) {
                throw new IOException("injected");
            }
        });
        assertInstanceOf(Opening.Refused.class, reopened(failed));
        writersFiles.hook(OperationHook.NONE);
        assertEquals(3, Logs.opened(reopened(failed)).epoch());
    }

    @Test
    void aFenceOfAnotherIsATakeoverAlsoWhereOnesOwnWasTried() throws IOException {
        BatchLog failed = failed();
        writersFiles.failAt(1, Moment.BEFORE);
        assertInstanceOf(Opening.Refused.class, reopened(failed));
        writersFiles.failAt(1, Moment.AFTER);
        assertInstanceOf(Opening.Refused.class, reopened(failed));
        Logs.opened(opened());
        Opening.Refused refused = assertInstanceOf(Opening.Refused.class, reopened(failed));
        LogFencedException cause = assertInstanceOf(LogFencedException.class, refused.cause());
        assertTrue(cause.getMessage().contains("epoch=3, own epoch=1"), cause::getMessage);
    }

    /** A log of one fence and two batches whose third was not written. */
    private BatchLog failed() throws IOException {
        BatchLog log = created();
        append(log, 2);
        writersFiles.failAt(1, Moment.AFTER);
        assertThrows(CompletionException.class, append(log)::join);
        log.closeFiles();
        return log;
    }

    private Opening reopened(BatchLog failed) {
        return BatchLog.openAfterFailure(session(writersFiles, "writer"), failed);
    }

    /** It belongs to the log's directory, and to nothing that is verified or copied. */
    @Test
    void aRequestIsNoFileOfTheChain() throws IOException {
        BatchLog writer = created();
        append(writer, 3);
        request("epoch=1\nattemptMillis=1\nby=somebody\nnonce=1\n");
        LogFiles files = new LogFiles(storage, List.of(Logs.AVRO), LAYOUT);
        Inspected inspected =
                new LogInspection(files, Inspection.of(true, InspectionProgress.NONE)).run(() -> BatchSink.NONE);
        assertEquals(Verdict.COMPLETE, inspected.verdict());
        assertEquals(4, inspected.reports().size());
        FileSystem target = new MemoryFileSystem(OBJECTS, 0);
        new ChainCopy(files, new LogFiles(target, List.of(Logs.AVRO), LAYOUT), true, InspectionProgress.NONE).copy();
        assertEquals(Optional.empty(), target.find(REQUEST));
    }
}
