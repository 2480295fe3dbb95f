package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A file's content before it has its name: whole and durable under a name that no list shows. A crash leaves it behind; it
 * is never removed but with its directory, since nobody can tell whether another process is still writing it.
 */
final class TemporaryFile {

    private TemporaryFile() {}

    static Path unusedName(Path directory) {
        return directory.resolve(LocalPaths.OWN_PREFIX + UUID.randomUUID() + ".tmp");
    }

    /**
     * Writes a temporary file. If this fails nothing of it is left.
     *
     * @param newerThan the time of what it will replace, than which its own time is later
     */
    static Path write(Disk disk, Path directory, List<ByteBuffer> content, Optional<FileTime> newerThan)
            throws IOException {
        Path file = unusedName(directory);
        try (FileChannel channel = disk.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Gathering.write(channel, content.toArray(ByteBuffer[]::new));
            if (newerThan.isPresent()) {
                makeNewer(file, newerThan.get());
            }
            channel.force(true);
        } catch (IOException e) {
            discard(file, e);
            throw e;
        }
        return file;
    }

    static void discard(Path file, Exception because) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** The clock of a file system ticks in microseconds on most disks and in two seconds on the coarsest. */
    private static void makeNewer(Path file, FileTime old) throws IOException {
        for (Duration step : List.of(Duration.of(1, ChronoUnit.MICROS), Duration.ofSeconds(2))) {
            if (Files.getLastModifiedTime(file).compareTo(old) > 0) {
                return;
            }
            Files.setLastModifiedTime(file, FileTime.from(old.toInstant().plus(step)));
        }
    }
}
