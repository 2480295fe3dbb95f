package org.seawall.core;

import java.util.Optional;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;

/** The contract of file systems on an account. On emulators the bundles' own tests run it. */
abstract class FilesOnStore extends FileSystemContract {
    private final Storage storage;

    FilesOnStore(Store store) {
        this.storage = store.storage();
    }

    @Override
    public Storage storage() {
        return storage;
    }

    /** What the store has answered is durable. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) {
        return Optional.of(storage);
    }
}
