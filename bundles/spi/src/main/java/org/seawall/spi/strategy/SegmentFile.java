package org.seawall.spi.strategy;

import java.util.Objects;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/**
 * A segment on the storage.
 *
 * @param location its file
 * @param size its length in bytes, with what may be reserved behind its end
 * @param active whether it grows: it may end in zeroes or in a write that was cut off, and its file does not carry its
 *     name yet
 * @param version as the file system tells it of a file that does not change any more, so that it is read without being looked
 *     up again; empty if it is not known
 */
public record SegmentFile(Location location, long size, boolean active, String version) {
    /** Checks that location and version are there. */
    public SegmentFile {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(version, "version");
    }

    /**
     * A segment that is looked up when it is read.
     *
     * @param location its file
     * @param size its length in bytes
     * @param active whether it grows
     */
    public SegmentFile(Location location, long size, boolean active) {
        this(location, size, active, "");
    }

    /**
     * A segment that does not change any more.
     *
     * @param info its file, as a list shows it
     * @return the segment
     */
    public static SegmentFile sealed(FileInfo info) {
        return new SegmentFile(info.location(), info.size(), false, info.version());
    }
}
