package org.seawall.filesystem.common;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;

/** The contract over a bucket in memory whose objects grow. */
class GrowingContractTest extends FileSystemContract {

    private final MemoryBucket bucket = new MemoryBucket(3);
    private final List<Confined> opened = new ArrayList<>();

    @Override
    public Storage storage() {
        Confined threads = new Confined(
                "seawall-filesystem-test", 16, Duration.ofSeconds(1), getClass().getClassLoader());
        opened.add(threads);
        StoreCalls calls = new StoreCalls(threads, new Retries(RetrySettings.DEFAULT, new StillPace(1)));
        FileSystem files = new GrowingFileSystem(
                name -> bucket, calls, name -> true, Optional.of(new AppendLimits(1 << 20, 1_000)));
        return new Storage(files, TestFiles.at("wal"));
    }

    /** What the store has answered is durable: another file system sees it. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) throws IOException {
        return Optional.of(storage());
    }

    @AfterEach
    void close() {
        opened.forEach(Confined::close);
    }
}
