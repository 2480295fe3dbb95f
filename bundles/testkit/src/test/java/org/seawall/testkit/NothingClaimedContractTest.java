package org.seawall.testkit;

import java.util.EnumSet;
import org.seawall.spi.filesystem.Capability;

/** The least that a storage can be: files that are created whole. */
class NothingClaimedContractTest extends FileSystemContract {
    private final Storage storage =
            Storage.inMemory().through(new MemoryFileSystem(EnumSet.of(Capability.CREATE_EXCLUSIVE), 0));

    @Override
    public Storage storage() {
        return storage;
    }
}
