package org.seawall.launcher.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolledFileTest {
    @TempDir
    private Path directory;

    private static LogRecord record(String message) {
        LogRecord record = new LogRecord(Level.INFO, message);
        record.setLoggerName("org.seawall.Some");
        return record;
    }

    @Test
    void aLineTellsLevelThreadAndLogger() throws Exception {
        Path file = directory.resolve("seawall.log");
        RolledFile log = new RolledFile(file, 1000, 3);
        LogRecord record = record("sealed");
        record.setThrown(new IllegalStateException("why"));
        log.publish(record);
        log.close();
        String text = Files.readString(file);
        String thread = Thread.currentThread().getName();
        assertTrue(text.lines().findFirst().orElseThrow().endsWith(" INFO  [" + thread + "] org.seawall.Some: sealed"));
        assertTrue(text.contains("\njava.lang.IllegalStateException: why\n\tat "));
    }

    @Test
    void fullFilesMoveOnAndTheOldestGoes() throws Exception {
        Path file = directory.resolve("seawall.log");
        RolledFile log = new RolledFile(file, 1, 3);
        for (String message : new String[] {"one", "two", "three", "four"}) {
            log.publish(record(message));
        }
        log.close();
        assertTrue(Files.readString(file).contains("four"));
        assertTrue(Files.readString(directory.resolve("seawall.log.1")).contains("three"));
        assertTrue(Files.readString(directory.resolve("seawall.log.2")).contains("two"));
        assertFalse(Files.exists(directory.resolve("seawall.log.3")));
    }

    @Test
    void aNewProcessGoesOnInTheSameFile() throws Exception {
        Path file = directory.resolve("seawall.log");
        for (String message : new String[] {"one", "two"}) {
            RolledFile log = new RolledFile(file, 1000, 3);
            log.publish(record(message));
            log.close();
        }
        assertEquals(2, Files.readAllLines(file).size());
    }
}
