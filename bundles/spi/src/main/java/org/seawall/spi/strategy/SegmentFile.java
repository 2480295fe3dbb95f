package org.seawall.spi.strategy;

import java.util.Objects;
import org.seawall.spi.filesystem.Location;

/**
 * A segment on the storage.
 *
 * @param location its file
 * @param size its length in bytes, with what may be reserved behind its end
 * @param active whether it grows: it may end in zeroes or in a write that was cut off, and its file does not carry its
 *     name yet
 */
public record SegmentFile(Location location, long size, boolean active) {
    /** Checks that the location is there. */
    public SegmentFile {
        Objects.requireNonNull(location, "location");
    }
}
