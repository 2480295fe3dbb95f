package org.seawall.core.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.seawall.core.inspection.StoredLog.Directory;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileLock;

/** The locks of a log, where the file systems have locks: so nobody opens it, and nobody has it open. */
final class HeldLocks implements AutoCloseable {
    private final List<FileLock> held = new ArrayList<>();

    private HeldLocks() {}

    /**
     * Takes the same locks as an open log does.
     *
     * @throws org.seawall.spi.filesystem.LockedException if somebody holds one of them; names the holder
     */
    static HeldLocks of(StoredLog log, String purpose) throws IOException {
        HeldLocks locks = new HeldLocks();
        boolean all = false;
        try {
            for (Directory root : log.roots()) {
                locks.take(root, "wal.lock", purpose);
            }
            locks.take(log.catalog(), "catalog.lock", purpose);
            all = true;
            return locks;
        } finally {
            if (!all) {
                locks.close();
            }
        }
    }

    private void take(Directory directory, String name, String purpose) throws IOException {
        if (directory.files().capabilities().contains(Capability.LOCK)) {
            String holder = "pid " + ProcessHandle.current().pid() + ", " + purpose;
            held.add(directory.files().lock(directory.location().child(name), holder));
        }
    }

    @Override
    public void close() throws IOException {
        for (FileLock lock : held) {
            lock.close();
        }
        held.clear();
    }
}
