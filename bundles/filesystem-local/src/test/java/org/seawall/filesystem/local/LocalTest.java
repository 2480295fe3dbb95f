package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/** What the tests of this room have in common: a directory, a disk that can fail, and a file system on both. */
abstract class LocalTest {

    static final int RESERVE = 4096;

    @TempDir
    Path directory;

    final TestDisk disk = new TestDisk();
    final LocalFileSystem files = on(disk);

    /** Zeroes are written at once, by the thread that writes data, so that a test knows when. */
    static LocalFileSystem on(TestDisk disk) {
        return new LocalFileSystem(
                new Reserve(RESERVE, true), disk, Duration.ofSeconds(30), new AheadThread(Runnable::run, () -> {}));
    }

    Location root() {
        return Location.parse(directory.toString());
    }

    Location at(String path) {
        return Location.parse(directory.resolve(path).toString());
    }

    static List<ByteBuffer> text(String... parts) {
        return Stream.of(parts).map(LocalTest::bytes).toList();
    }

    static ByteBuffer bytes(String part) {
        return ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8));
    }

    String content(Location file) throws IOException {
        return Files.readString(Path.of(file.path()));
    }

    List<String> listed() throws IOException {
        return files.list(root()).stream().map(FileInfo::name).toList();
    }

    /** Everything that is in the directory, with what {@code list} hides. */
    List<String> onDisk() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    int index(String call) {
        int index = disk.calls.lastIndexOf(call);
        if (index < 0) {
            throw new AssertionError("no call " + call + " in " + disk.calls);
        }
        return index;
    }
}
