package org.seawall.core;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The locks that keep a second process from a log's storage, where the file system has locks. */
final class StorageLocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageLocks.class);

    private final List<FileLock> held = new ArrayList<>();

    private StorageLocks() {}

    /**
     * Takes the locks of collections and catalog.
     *
     * @throws org.seawall.spi.filesystem.LockedException if somebody holds one of them; names the holder
     */
    static StorageLocks take(LogSettings settings, Binding binding) throws IOException {
        StorageLocks locks = new StorageLocks();
        try {
            locks.take(binding.files(), settings.root().child("wal.lock"), settings.name());
            locks.take(binding.catalogFiles(), settings.catalog().child("catalog.lock"), settings.name());
            return locks;
        } catch (IOException | RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private void take(FileSystem files, Location lock, String log) throws IOException {
        if (files.capabilities().contains(Capability.LOCK)) {
            String holder = "pid " + ProcessHandle.current().pid() + ", log " + log + ", since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            held.add(files.lock(lock, holder));
        }
    }

    @Override
    public void close() {
        for (FileLock lock : held) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("lock not released, it ends with the process", e);
            }
        }
        held.clear();
    }
}
