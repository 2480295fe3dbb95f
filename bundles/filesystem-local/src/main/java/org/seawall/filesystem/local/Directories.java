package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directories whose own names are durable. A directory that is found is not taken for durable: an earlier process may have
 * died between making it and forcing its parent. So each is forced into its parent once by every object of this class.
 */
final class Directories {

    private final Disk disk;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Directories(Disk disk) {
        this.disk = disk;
    }

    /** Makes what is missing of a directory and its parents. Their names are durable on return. */
    void make(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent == null || durable.contains(directory) && Files.isDirectory(directory)) {
            return;
        }
        make(parent);
        boolean found = Files.isDirectory(directory) || !made(directory);
        if (!found || mayBeOurs(directory, parent)) {
            disk.forceDirectory(parent);
        }
        durable.add(directory);
    }

    /** Makes the names in a directory durable, together with the directory's own. */
    void force(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            make(directory);
        }
        disk.forceDirectory(directory);
    }

    /** Forgets a directory that is about to be deleted, and all below it. */
    void forget(Path directory) {
        durable.removeIf(path -> path.startsWith(directory));
    }

    private static boolean made(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(directory)) {
                return false;
            }
            throw new IOException("not a directory, path=" + directory, e);
        }
    }

    /**
     * Whoever cannot read the parent has not made the directory here, since making it forces the parent, which needs
     * reading. And a mount point's name is not on the disk that is mounted on it.
     */
    private static boolean mayBeOurs(Path directory, Path parent) throws IOException {
        return !SystemDisk.WINDOWS
                && Files.isReadable(parent)
                && Files.getAttribute(directory, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"));
    }
}
