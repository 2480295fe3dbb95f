package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.ReentrantLock;
import org.seawall.spi.filesystem.FileInfo;

/**
 * Changes of names, one at a time within one file system object.
 *
 * <p>{@link #claim} is exclusive among all processes. {@link #replace} and {@link #rename} look before they move, and
 * between the two another process (or another object of this class) could take the name: Java knows no call that moves
 * without replacing. The one writer that a log has, by its {@link org.seawall.spi.filesystem.FileSystem#lock lock}, is what
 * excludes that.
 */
final class FileNames {

    private final ReentrantLock changing = new ReentrantLock();
    private final Disk disk;
    private final CreationLock creationLock;

    FileNames(Disk disk, CreationLock creationLock) {
        this.disk = disk;
        this.creationLock = creationLock;
    }

    /** A change of names. */
    interface Change<T> {
        T run() throws IOException;
    }

    <T> T changing(Change<T> change) throws IOException {
        changing.lock();
        try {
            return change.run();
        } finally {
            changing.unlock();
        }
    }

    /**
     * Gives a temporary file its name if nobody has it: a hard link, which the system refuses for a name that is taken.
     * Where the disk has no hard links (FAT, some network and user-space file systems) all creators take a lock of the
     * operating system on the directory, look whether the name is free, and move: the lock ends with its process, so a
     * crash blocks nobody, and the move is whole or has not happened. A link that fails for any other reason is told.
     */
    void claim(Path temporary, Path file) throws IOException {
        changing(() -> {
            try {
                disk.link(file, temporary);
            } catch (FileSystemException | UnsupportedOperationException e) {
                if (!HardLinks.missing(e)) {
                    throw e;
                }
                moveInstead(temporary, file, e);
            }
            return file;
        });
    }

    /** Gives a temporary file the name of another one of a known version. */
    void replace(Path temporary, FileInfo expected, Path file) throws IOException {
        changing(() -> {
            if (!LocalInfo.read(expected.location(), file).version().equals(expected.version())) {
                throw new FileAlreadyExistsException(file.toString());
            }
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Gives a file another name if nobody has it. */
    void rename(Path from, Path to) throws IOException {
        changing(() -> moveToFree(from, to));
    }

    /** A disk with links that merely failed must not be moved to: another creator's link could come in between. */
    private void moveInstead(Path temporary, Path file, Exception noLink) throws IOException {
        if (linksWork(temporary)) {
            throw new IOException("link failed, file=" + file, noLink);
        }
        try {
            creationLock.holding(LocalPaths.directory(file), () -> moveToFree(temporary, file));
        } catch (IOException e) {
            e.addSuppressed(noLink);
            throw e;
        }
    }

    private boolean linksWork(Path temporary) throws IOException {
        Path probe = TemporaryFile.unusedName(LocalPaths.directory(temporary));
        try {
            disk.link(probe, temporary);
        } catch (FileSystemException | UnsupportedOperationException e) {
            if (!HardLinks.missing(e)) {
                throw e;
            }
            return false;
        }
        Files.delete(probe);
        return true;
    }

    private static Path moveToFree(Path from, Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
