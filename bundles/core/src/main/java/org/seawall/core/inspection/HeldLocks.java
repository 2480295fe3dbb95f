package org.seawall.core.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.seawall.core.directory.StorageLock;
import org.seawall.core.inspection.StoredLog.Directory;

/** The locks of a log, where the file systems have locks: so nobody opens it, and nobody has it open. */
final class HeldLocks implements AutoCloseable {
    private final List<StorageLock> held = new ArrayList<>();

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
                locks.held.add(StorageLock.ofCollections(root.files(), root.location(), purpose));
            }
            locks.held.add(
                    StorageLock.ofCatalog(log.catalog().files(), log.catalog().location(), purpose));
            all = true;
            return locks;
        } finally {
            if (!all) {
                locks.close();
            }
        }
    }

    @Override
    public void close() {
        held.forEach(StorageLock::close);
        held.clear();
    }
}
