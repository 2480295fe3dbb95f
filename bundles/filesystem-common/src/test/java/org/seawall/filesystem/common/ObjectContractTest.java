package org.seawall.filesystem.common;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;

/**
 * The contract over a bucket in memory with pages of three, so that every list has several, which is called on the bundle's own
 * threads only.
 */
class ObjectContractTest extends FileSystemContract {

    private final MemoryBucket bucket = new MemoryBucket(3);
    private final List<TestFiles> opened = new ArrayList<>();

    @Override
    public Storage storage() {
        TestFiles files = TestFiles.over(new OwnThreadsBucket(bucket));
        opened.add(files);
        return new Storage(files.files(), TestFiles.at("wal"));
    }

    /** What the store has answered is durable: another file system sees it. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) throws IOException {
        return Optional.of(storage());
    }

    @AfterEach
    void close() {
        opened.forEach(TestFiles::close);
    }
}
