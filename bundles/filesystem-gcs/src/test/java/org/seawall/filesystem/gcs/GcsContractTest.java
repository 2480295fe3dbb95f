package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;

/** The contract on the emulator, through the component as Declarative Services makes it. */
class GcsContractTest extends FileSystemContract {

    private static final String BUCKET = "seawall-contract";
    private static final AtomicInteger DIRECTORIES = new AtomicInteger();
    private static FakeGcs server;

    private final List<GcsFileSystem> opened = new ArrayList<>();
    private Location directory;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = FakeGcs.start();
        server.makeBucket(BUCKET);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void next() {
        directory = Location.parse("gcs://" + BUCKET + "/contract" + DIRECTORIES.incrementAndGet());
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
        return new Storage(files, directory);
    }

    /** What the store has answered is durable: another file system sees it. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) {
        return Optional.of(storage());
    }
}
