package org.seawall.core.engine;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * What a log is written with and read from.
 *
 * @param fileSystem where the files are
 * @param strategy how new batches are written
 * @param serializer the format of new segments
 * @param readers all formats that can be read, the serializer's among them
 * @param clock the time
 */
public record Backend(
        FileSystem fileSystem,
        WriteStrategy strategy,
        BatchSerializer serializer,
        List<BatchSerializer> readers,
        Clock clock) {
    /** Copies the list. */
    public Backend {
        readers = List.copyOf(readers);
    }

    /** Whether nothing but the names of segments keeps other processes from writing to the same log. */
    boolean shared() {
        return !fileSystem.capabilities().contains(Capability.LOCK);
    }

    /** The header of a file. */
    SegmentHeader headerOf(Location file) throws IOException {
        try (FileInput input = new BufferedInput(fileSystem.open(file))) {
            return SegmentScan.open(input, this).header();
        }
    }
}
