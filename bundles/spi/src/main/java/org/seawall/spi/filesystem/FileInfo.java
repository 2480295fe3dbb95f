package org.seawall.spi.filesystem;

import java.util.Objects;

/**
 * What a file system says of a file or directory.
 *
 * @param location where it is
 * @param directory whether it is a directory
 * @param size length in bytes; 0 for a directory
 * @param version text that changes with the content, for {@link FileSystem#replace}; empty for a directory
 */
public record FileInfo(Location location, boolean directory, long size, String version) {
    /** Checks that all is there. */
    public FileInfo {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(version, "version");
    }

    /**
     * The name within its directory.
     *
     * @return the last part of the location
     */
    public String name() {
        return location.name();
    }
}
