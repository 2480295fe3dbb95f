package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.strategy.object.ObjectStrategy;

/** A log that was sealed goes on where others were entitled to write to it meanwhile. */
class ContinuationTest {
    @TempDir
    private Path directory;

    @Test
    void whatOthersAppendedAndArchivedIsReadAgain() throws Exception {
        try (Logs logs = new Logs(directory)) {
            FileSystem files = Logs.files();
            Session session = logs.session(files, new ObjectStrategy(), Logs.SETTINGS);
            BatchLog ours = BatchLog.create(session, logs.layout());
            logs.append(ours, Entry.payload("a", new byte[1]));
            Continuation end = ours.seal();
            try (BatchLog theirs = Logs.opened(BatchLog.open(session, logs.layout()))) {
                logs.append(theirs, Entry.payload("b", new byte[1]));
                theirs.snapshot();
                logs.append(theirs, Entry.payload("c", new byte[1]));
            }
            try (BatchLog on = Logs.opened(end.open(session))) {
                logs.append(on, Entry.payload("d", new byte[1]));
            }
            try (BatchLog again = Logs.opened(BatchLog.open(session, logs.layout()))) {
                assertEquals(List.of("a", "b", "c", "d"), Logs.ids(again));
            }
        }
    }
}
