package org.example.volume;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps everybody else on the volume from replacing and deleting, in this process and in others. */
final class VolumeLock {
    private final Path file;

    VolumeLock(Path file) {
        this.file = file;
    }

    interface Change<T> {
        T make() throws IOException;
    }

    synchronized <T> T holding(Change<T> change) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            return change.make();
        } catch (OverlappingFileLockException e) {
            throw new IOException("volume is changed by another of its objects at this moment, lock=" + file, e);
        }
    }
}
