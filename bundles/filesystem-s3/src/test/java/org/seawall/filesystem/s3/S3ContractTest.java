package org.seawall.filesystem.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;

/** The contract on a real server. */
@Subject("S3")
class S3ContractTest extends FileSystemContract {

    private final VersityServer server = VersityServer.running();
    private final Location directory = Location.parse("s3://" + server.bucket() + "/wal");
    private final List<S3FileSystem> opened = new ArrayList<>();

    @Override
    public Storage storage() {
        S3FileSystem files = server.configuration().open();
        opened.add(files);
        return new Storage(files, directory);
    }

    /** The power of the client is cut: that what was answered lasts is the store's word. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) {
        return Optional.of(storage());
    }

    @AfterEach
    void close() {
        opened.forEach(S3FileSystem::stop);
    }
}
