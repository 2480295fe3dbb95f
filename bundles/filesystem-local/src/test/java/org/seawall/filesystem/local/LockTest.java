package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.LockedException;

class LockTest extends LocalTest {

    private final LocalFileSystem others = on(new TestDisk());
    private LockingProcess.Running process;

    @AfterEach
    void endProcess() throws Exception {
        if (process != null) {
            process.kill();
        }
    }

    private String answerOfAnotherProcess() throws Exception {
        try (LockingProcess.Running other = LockingProcess.start(at("lock"))) {
            return other.answer();
        }
    }

    @Test
    void aLockRefusesAndNamesItsHolder() throws IOException {
        FileLock lock = files.lock(at("d/lock"), "me, pid 7");
        for (LocalFileSystem some : List.of(files, others)) {
            LockedException e = assertThrows(LockedException.class, () -> some.lock(at("d/lock"), "you"));
            assertEquals("locked by another process, holder=me, pid 7, lock=" + at("d/lock"), e.getMessage());
        }
        lock.close();
        lock.close();
        others.lock(at("d/lock"), "you").close();
    }

    @Test
    void anotherProcessIsRefusedHoweverOftenThisOneWasRefusedOrHasRead() throws Exception {
        FileLock lock = files.lock(at("lock"), "me");
        assertThrows(LockedException.class, () -> files.lock(at("lock"), "you"));
        assertThrows(LockedException.class, () -> others.lock(at("lock"), "you"));
        assertEquals(List.of("lock"), listed());
        try (FileInput input = files.open(at("lock"))) {
            input.read(0, ByteBuffer.allocate(2));
        }
        assertEquals("refused, holder=me", answerOfAnotherProcess());
        assertThrows(LockedException.class, () -> others.lock(at("lock"), "you"));
        assertEquals("refused, holder=me", answerOfAnotherProcess());
        lock.close();
        assertEquals("taken", answerOfAnotherProcess());
    }

    @Test
    void aLockOfAnotherProcessEndsWithIt() throws Exception {
        process = LockingProcess.start(at("lock"));
        assertEquals("taken", process.answer());
        LockedException e = assertThrows(LockedException.class, () -> files.lock(at("lock"), "me"));
        assertTrue(e.getMessage().contains("holder=other process"), e.getMessage());
        process.kill();
        FileLock lock = files.lock(at("lock"), "me");
        assertEquals("refused, holder=me", answerOfAnotherProcess());
        lock.close();
    }

    @Test
    void theWordsOfALongerHolderDoNotShineThrough() throws IOException {
        files.lock(at("lock"), "a very long holder").close();
        FileLock lock = files.lock(at("lock"), "me");
        LockedException e = assertThrows(LockedException.class, () -> others.lock(at("lock"), "you"));
        assertTrue(e.getMessage().contains("holder=me, lock="), e.getMessage());
        lock.close();
    }

    @Test
    void aDeletedLockFileDoesNotLoseTheLock() throws Exception {
        FileLock lock = files.lock(at("lock"), "me");
        Files.delete(Path.of(at("lock").path()));
        assertThrows(LockedException.class, () -> others.lock(at("lock"), "you"));
        assertEquals("refused, holder=unknown", answerOfAnotherProcess());
        lock.close();
        assertEquals("taken", answerOfAnotherProcess());
    }

    @Test
    void aFailureWhileTheWordsAreWrittenLeavesNoLock() throws IOException {
        disk.failing = "truncate lock"::equals;
        assertThrows(IOException.class, () -> files.lock(at("lock"), "me"));
        others.lock(at("lock"), "you").close();
    }
}
