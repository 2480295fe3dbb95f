package org.seawall.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondHolderIsRefusedAndToldWhoTheFirstIs() throws Exception {
        Path file = directory.resolve("seawall.lock");
        HomeLock first = HomeLock.acquire(file);
        String message =
                assertThrows(StartException.class, () -> HomeLock.acquire(file)).getMessage();
        assertTrue(
                message.startsWith(
                        "home is in use, pid=" + ProcessHandle.current().pid() + ", host="),
                message);
        assertTrue(message.endsWith(", lock=" + file), message);
        assertEquals(1, message.lines().count());
        first.close();
        HomeLock.acquire(file).close();
    }

    @Test
    void anotherProcessIsRefused() throws Exception {
        Path file = directory.resolve("seawall.lock");
        HomeLock first = HomeLock.acquire(file);
        try {
            assertEquals(1, acquireInAnotherProcess(file));
        } finally {
            first.close();
        }
        assertEquals(0, acquireInAnotherProcess(file));
    }

    @Test
    void whatALongerHolderLeftIsGone() throws Exception {
        Path file = directory.resolve("seawall.lock");
        Files.writeString(file, "x".repeat(500));
        HomeLock.acquire(file).close();
        assertTrue(Files.readString(file).startsWith("pid="));
        assertEquals(1, Files.readString(file).lines().count());
        assertTrue(Files.size(file) < 500);
    }

    @Test
    void aMissingDirectoryIsAStartThatFails() {
        Path file = directory.resolve("missing/seawall.lock");
        String message =
                assertThrows(StartException.class, () -> HomeLock.acquire(file)).getMessage();
        assertEquals("home cannot be locked, reason=NoSuchFile, lock=" + file, message);
    }

    private static int acquireInAnotherProcess(Path file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The main class of another process. */
    static final class Other {
        private Other() {}

        public static void main(String[] file) throws Exception {
            try {
                HomeLock.acquire(Path.of(file[0])).close();
            } catch (StartException e) {
                System.exit(1);
            }
        }
    }
}
