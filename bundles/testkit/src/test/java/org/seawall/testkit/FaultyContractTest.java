package org.seawall.testkit;

import java.io.IOException;
import java.util.Optional;
import org.seawall.spi.filesystem.FileSystem;

/** Without a fault it is the file system that it wraps, and its crashes keep what the contract calls durable. */
@Subject("memory")
class FaultyContractTest extends FileSystemContract {
    private final Storage memory = Storage.inMemory();
    private final Storage storage = memory.through(new FaultyFileSystem(memory.files(), 0));

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) throws IOException {
        ((FaultyFileSystem) files).crash();
        return Optional.of(memory);
    }
}
