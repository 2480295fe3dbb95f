package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;

/** The right to create files in a directory of a disk without hard links. It is held for one move, so others wait for it. */
final class CreationLock {

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final LockFiles lockFiles;
    private final Duration patience;

    CreationLock(LockFiles lockFiles, Duration patience) {
        this.lockFiles = lockFiles;
        this.patience = patience;
    }

    static Path file(Path directory) {
        return directory.resolve(LocalPaths.OWN_PREFIX + "create");
    }

    <T> T holding(Path directory, FileNames.Change<T> change) throws IOException {
        FileLock lock = await(directory);
        try (lock) {
            return change.run();
        }
    }

    private FileLock await(Path directory) throws IOException {
        Path file = file(directory);
        Location location = new Location(LocalPaths.SCHEME, file.toString());
        long begin = System.nanoTime();
        while (true) {
            try {
                return lockFiles.take(
                        location, file, "pid " + ProcessHandle.current().pid());
            } catch (LockedException e) {
                if (System.nanoTime() - begin >= patience.toNanos()) {
                    throw new IOException(
                            "another process creates files for too long, waited=" + patience + ", directory="
                                    + directory,
                            e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
