package org.seawall.testkit;

import java.util.Objects;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * A file system and a place on it that a test may use.
 *
 * @param files the file system
 * @param directory a directory of which nothing exists yet but perhaps itself
 */
public record Storage(FileSystem files, Location directory) {
    /** Checks that both are there. */
    public Storage {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(directory, "directory");
    }

    /**
     * An empty storage in memory with every capability.
     *
     * @return a new one
     */
    public static Storage inMemory() {
        return new Storage(new MemoryFileSystem(), Location.parse("memory:/seawall"));
    }

    /**
     * The same place through another file system.
     *
     * @param other a file system over this one's
     * @return the storage
     */
    public Storage through(FileSystem other) {
        return new Storage(other, directory);
    }
}
