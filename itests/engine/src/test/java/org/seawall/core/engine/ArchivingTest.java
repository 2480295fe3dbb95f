package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInfo;

/** Archiving on an object store, where each file is several requests, makes way for the end of the session. */
class ArchivingTest {
    private static final int SEGMENTS = 40;

    /** The one with which the log was begun stays. */
    private static final int FENCE = 1;

    private final ObjectLogs logs = ObjectLogs.on(ObjectLogs.storage(), new CommitWindow(1, 0));

    @Test
    void whatASnapshotLeftIsArchivedByTheNextOne() throws IOException {
        AtomicBoolean ending = new AtomicBoolean(true);
        try (BatchLog log = BatchLog.create(logs.session().until(ending::get), logs.layout())) {
            for (int i = 0; i < SEGMENTS; i++) {
                ObjectLogs.append(log, "e" + i).join();
            }
            assertEquals(SEGMENTS, log.snapshot());
            assertEquals(FENCE + SEGMENTS, segments().size(), "nothing is archived while somebody waits");
            ending.set(false);
            assertEquals(SEGMENTS, log.snapshot());
            assertEquals(FENCE, segments().size());
        }
    }

    @Test
    void aLogWithARestThatIsNotArchivedIsRecovered() {
        AtomicBoolean ending = new AtomicBoolean(true);
        try (BatchLog log = BatchLog.create(logs.session().until(ending::get), logs.layout())) {
            for (int i = 0; i < SEGMENTS; i++) {
                ObjectLogs.append(log, "e" + i).join();
            }
            log.snapshot();
            ObjectLogs.append(log, "behind").join();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Opening opening = BatchLog.open(logs.session(), logs.layout());
        assertTrue(opening instanceof Opening.Opened, opening.toString());
        try (BatchLog log = ((Opening.Opened) opening).log()) {
            assertEquals(SEGMENTS + 1, log.memtable().liveEntries());
            IntStream.range(0, SEGMENTS)
                    .forEach(i -> assertTrue(log.memtable().get("e" + i, 0).isPresent(), "e" + i));
        }
    }

    private List<FileInfo> segments() throws IOException {
        return logs.files().list(logs.segments());
    }
}
