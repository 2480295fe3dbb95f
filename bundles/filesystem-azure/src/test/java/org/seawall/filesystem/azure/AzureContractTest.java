package org.seawall.filesystem.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;

@ExtendWith(AzuriteExtension.class)
@Subject("Azure")
class AzureContractTest extends FileSystemContract {

    private final Azurite azurite;
    private final String container = "c-" + UUID.randomUUID();
    private final List<AzureFileSystem> opened = new ArrayList<>();

    AzureContractTest(Azurite azurite) {
        this.azurite = azurite;
    }

    @Override
    public Storage storage() {
        if (opened.isEmpty()) {
            try {
                azurite.makeContainer(container);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        // small blocks and pages, so that files and lists have several
        AzureFileSystem files = Settings.of(azurite).with("blockBytes", 65_536).filesWithPagesOf(3);
        opened.add(files);
        return new Storage(files, Location.parse("adls://" + container + "/wal"));
    }

    /** What the storage has answered is durable: another file system sees it. */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) throws IOException {
        return Optional.of(storage());
    }

    @AfterEach
    void close() {
        opened.forEach(AzureFileSystem::close);
    }
}
