package org.seawall.core.directory;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock that keeps a second process from a directory, where the file system has locks. */
public final class StorageLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageLock.class);

    private final Optional<FileLock> held;

    private StorageLock(Optional<FileLock> held) {
        this.held = held;
    }

    /**
     * Takes the lock of a directory of collections.
     *
     * @param files where it is
     * @param root the directory
     * @param purpose what it is taken for, for those that are refused
     * @return the lock
     * @throws org.seawall.spi.filesystem.LockedException if somebody holds it; names the holder
     * @throws IOException if the storage fails
     */
    public static StorageLock ofCollections(FileSystem files, Location root, String purpose) throws IOException {
        return take(files, root.child("wal.lock"), purpose);
    }

    /**
     * Takes the lock of a catalog.
     *
     * @param files where it is
     * @param catalog its directory
     * @param purpose what it is taken for, for those that are refused
     * @return the lock
     * @throws org.seawall.spi.filesystem.LockedException if somebody holds it; names the holder
     * @throws IOException if the storage fails
     */
    public static StorageLock ofCatalog(FileSystem files, Location catalog, String purpose) throws IOException {
        return take(files, catalog.child("catalog.lock"), purpose);
    }

    private static StorageLock take(FileSystem files, Location file, String purpose) throws IOException {
        if (!files.capabilities().contains(Capability.LOCK)) {
            return new StorageLock(Optional.empty());
        }
        String holder = "pid " + ProcessHandle.current().pid() + ", " + purpose + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new StorageLock(Optional.of(files.lock(file, holder)));
    }

    @Override
    public void close() {
        if (held.isPresent()) {
            try {
                held.get().close();
            } catch (IOException e) {
                LOG.warn("lock not released, it ends with the process", e);
            }
        }
    }
}
