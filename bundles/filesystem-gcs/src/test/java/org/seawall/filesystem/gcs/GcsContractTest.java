package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;

/** The contract on the emulator, through the component as Declarative Services makes it. */
@ExtendWith(FakeGcsExtension.class)
@Subject("GCS")
class GcsContractTest extends FileSystemContract {

    private final FakeGcs server;
    private final String bucket = "seawall-" + UUID.randomUUID();
    private final List<GcsFileSystem> opened = new ArrayList<>();

    GcsContractTest(FakeGcs server) throws IOException {
        this.server = server;
        server.makeBucket(bucket);
    }

    @AfterEach
    void close() {
        opened.forEach(GcsFileSystem::close);
    }

    /** Above 64 KiB in parts, so that the rules run over both kinds of uploads. */
    @Override
    public Storage storage() {
        GcsFileSystem files = new GcsFileSystem(
                TestConfiguration.anonymous(server.endpoint(), Map.of("uploadThresholdBytes", 65_536L)));
        opened.add(files);
        return new Storage(files, Location.parse("gcs://" + bucket + "/wal"));
    }

    /** What the store has answered is durable: another file system sees it. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) {
        return Optional.of(storage());
    }
}
