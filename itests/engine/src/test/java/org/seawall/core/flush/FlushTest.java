package org.seawall.core.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.flush.FlushedLog.past;
import static org.seawall.core.flush.FlushedLog.put;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.PastUnavailableException;
import org.seawall.PointInTime;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.TickingClock;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.flush.FlushSource;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.testkit.Storage;

/** What leaves a log for its sink, and what is read while the sink is there, away, behind or ahead. */
class FlushTest {
    private final Storage storage = Storage.inMemory();
    private final Clock clock = new TickingClock();

    private FlushedLog open() {
        FlushedLog log = FlushedLog.open(storage, new AppendStrategy(), clock);
        log.create();
        return log;
    }

    private static Memtable memtable(FlushedLog log) {
        return log.collection().log().memtable();
    }

    @Test
    void whatIsFlushedLeavesMemorySnapshotAndSegments() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("a"), put("b"));
            log.append(put("a"));
            log.attached(() -> {
                assertEquals(3, log.flush());
                assertEquals(1, memtable(log).liveEntries(), "the newest entry stays");
                assertEquals(2, memtable(log).released());
                log.append(put("c"), Entry.delete("b"));
                assertEquals(Map.of("a", 3L, "c", 4L), log.live());
            });
        }
        try (FlushedLog log = open()) {
            assertEquals(2, memtable(log).released());
            assertEquals(5, memtable(log).lastSequence());
            log.attached(() -> {
                assertEquals(Map.of("a", 3L, "c", 4L), log.live());
                assertEquals(5, log.flush());
                assertEquals(5, log.flush(), "there is nothing to flush");
            });
        }
    }

    @Test
    void withoutItsSinkTheLogTakesAppendsAndReadsWhatItHas() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("a"), put("b"), put("d"));
            assertEquals(Map.of("a", 1L, "b", 2L, "d", 3L), log.live(), "nothing has left");
            assertThrows(LogUnavailableException.class, log::flush);
            log.attached(log::flush);
            log.append(put("c"), Entry.delete("a"));
            LogUnavailableException e = assertThrows(LogUnavailableException.class, log::live);
            assertTrue(e.getMessage().contains("released=2"), e.getMessage());
            assertEquals(4, log.get("c").orElseThrow().sequence());
            assertEquals(3, log.get("d").orElseThrow().sequence(), "it was the newest");
            assertTrue(log.get("a").isEmpty(), "its delete is in memory");
            assertThrows(LogUnavailableException.class, () -> log.get("b"));
            log.attached(() -> assertEquals(Map.of("b", 2L, "c", 4L, "d", 3L), log.live()));
        }
    }

    @Test
    void aReaderIsToldWhatHasLeft() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("a"));
            log.append(put("b"));
            BatchLog open = log.collection().log();
            try (LogReader early = open.read(1);
                    LogReader late = open.read(3)) {
                assertEquals(1, early.poll().orElseThrow().sequence());
                log.attached(log::flush);
                log.append(put("c"));
                assertEquals(2, early.poll().orElseThrow().sequence(), "it stays with what it began with");
                assertEquals(3, early.poll().orElseThrow().sequence());
                assertEquals(3, late.poll().orElseThrow().sequence());
            }
            log.append(put("d"));
            log.attached(log::flush);
            PastUnavailableException e = assertThrows(PastUnavailableException.class, () -> open.read(2));
            assertEquals(4, e.oldestSequence());
            try (LogReader oldest = open.read(1)) {
                assertEquals(4, oldest.poll().orElseThrow().sequence(), "the newest stays");
            }
            log.append(put("e"));
            log.attached(log::flush);
            PastUnavailableException past = assertThrows(
                    PastUnavailableException.class, () -> open.view(PointInTime.atSequence(4), bytes -> {}));
            assertTrue(past.getMessage().contains("left the log for a sink"), past.getMessage());
        }
    }

    @Test
    void aReaderThatIsOvertakenIsToldSo() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("a"));
            try (LogReader reader = log.collection().log().read(1)) {
                assertEquals(1, reader.poll().orElseThrow().sequence());
                log.collection().log().snapshot();
                log.append(put("b"));
                log.collection().log().snapshot();
                log.append(put("c"), put("d"));
                log.attached(log::flush);
                assertThrows(PastUnavailableException.class, reader::poll);
            }
        }
    }

    /** The sink has committed, the log does not know it, is started without it, and forgets a delete. */
    @Test
    void aSinkThatDoesNotKnowOfDeletesBeginsAnew() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("a"), put("b"), put("c"));
            log.sink().failsBehindCommit();
            FlushSource.Attachment attachment = log.attach();
            assertThrows(LogUnavailableException.class, log::flush);
            attachment.close();
            assertEquals(3, log.sink().newest(log.collection().info()).flushed());
            assertEquals(0, memtable(log).released());
        }
        try (FlushedLog log = open()) {
            log.append(Entry.delete("a"), past("b"));
            log.collection().log().snapshot();
            log.attached(() -> {
                assertEquals(Map.of("c", 3L), log.live());
                assertEquals(5, log.flush());
                assertEquals(Map.of("c", 3L), log.live());
            });
        }
    }

    @Test
    void aSinkThatLacksWhatWasReleasedIsRefused() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("z"), put("a"));
            log.attached(log::flush);
            log.sink().drop(log.collection().info());
            log.append(put("b"));
        }
        try (FlushedLog log = open()) {
            log.attached(() -> {
                LogUnavailableException e = assertThrows(LogUnavailableException.class, log::flush);
                assertTrue(e.getMessage().contains("flushed=0, released=1"), e.getMessage());
                assertThrows(LogUnavailableException.class, log::live);
                log.append(put("c"));
                assertTrue(log.detail().contains("flushed=0, released=1"), log.detail());
            });
        }
    }

    @Test
    void aSinkThatHoldsMoreThanTheLogIsRefused() throws IOException {
        try (FlushedLog log = open()) {
            log.append(put("a"), put("b"));
            log.sink().failsBehindCommit();
            FlushSource.Attachment attachment = log.attach();
            assertThrows(LogUnavailableException.class, log::flush);
            attachment.close();
            log.sink().holds(log.collection().info(), 7);
            log.attached(() -> {
                LogUnavailableException e = assertThrows(LogUnavailableException.class, log::flush);
                assertTrue(e.getMessage().contains("flushed=7, last=2"), e.getMessage());
                assertEquals(2, memtable(log).lastSequence());
                assertEquals(0, memtable(log).released());
            });
        }
    }

    @Test
    void oneSinkIsAttachedAtATime() throws IOException {
        try (FlushedLog log = open()) {
            FlushSource.Attachment first = log.attach();
            assertThrows(IllegalStateException.class, log::attach);
            first.close();
            log.attach().close();
            FlushSource.Attachment last = log.attach();
            first.close();
            assertThrows(IllegalStateException.class, log::attach, "a sink that is gone detaches no other");
            last.close();
        }
    }
}
