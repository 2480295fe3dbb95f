package org.seawall.core.engine;

import java.util.List;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;

/**
 * The files of one log, a collection's or a catalog's, and what reads them.
 *
 * @param fileSystem where they are
 * @param readers all formats that can be read
 * @param layout their names
 */
public record LogFiles(FileSystem fileSystem, List<BatchSerializer> readers, LogLayout layout) {
    /** Copies the list. */
    public LogFiles {
        readers = List.copyOf(readers);
    }
}
