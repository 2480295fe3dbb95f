package org.seawall.filesystem.local;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;

@Subject("local")
class LocalContractTest extends FileSystemContract {
    @TempDir
    Path directory;

    @Override
    public Storage storage() {
        return new Storage(new LocalFileSystem(4096), Location.parse(directory.toString()));
    }
}
