package org.seawall.testkit;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.seawall.spi.filesystem.FileSystem;

/** The contract on a file system that seals in a wrong way. Not run by itself. */
class WrongSealingRun extends FileSystemContract {
    @RegisterExtension
    final WrongBackend wrong = new WrongBackend();

    private final Storage memory = Storage.inMemory();
    private final FaultyFileSystem process = new FaultyFileSystem(memory.files(), 0);
    private Optional<Storage> storage = Optional.empty();

    @Override
    public Storage storage() {
        if (storage.isEmpty()) {
            storage = Optional.of(memory.through(wrong(process)));
        }
        return storage.get();
    }

    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) throws IOException {
        process.crash();
        return Optional.of(memory.through(wrong(memory.files())));
    }

    private FileSystem wrong(FileSystem files) {
        return WrongSealing.valueOf(wrong.get()).over.apply(files);
    }
}
