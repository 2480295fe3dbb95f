package org.seawall.spi.strategy;

import java.util.Objects;
import org.seawall.spi.filesystem.Location;

/**
 * Where the segments of one log are.
 *
 * @param directory the log's directory
 * @param active the segment that grows, for strategies that have one
 * @param next the segment that is prepared to become the active one
 * @param segments the directory of sealed segments
 */
public record SegmentLayout(Location directory, Location active, Location next, Location segments) {
    /** Checks that all is there. */
    public SegmentLayout {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(active, "active");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(segments, "segments");
    }
}
