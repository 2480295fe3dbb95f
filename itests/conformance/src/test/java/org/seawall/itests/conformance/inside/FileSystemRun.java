package org.seawall.itests.conformance.inside;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;

/** The contract of file systems, each rule in a directory of its own, which is deleted behind it. */
public class FileSystemRun extends FileSystemContract {
    private final Tried<FileSystem> tried = Tried.of(FileSystem.class);
    private final Location directory = Location.parse(tried.url()).child("rule-" + UUID.randomUUID());

    @Override
    public Storage storage() {
        return new Storage(tried.service(), directory);
    }

    @AfterEach
    void delete() throws IOException {
        tried.service().deleteTree(directory);
    }
}
