package org.seawall.core.engine;

import java.util.List;
import java.util.Optional;
import org.seawall.spi.filesystem.FileInfo;

/**
 * The files that a log's past is read from.
 *
 * @param base the snapshot to begin with, or empty for the begin of the log
 * @param files the way from there
 * @param sequence the newest sequence that counts
 */
record Past(Optional<FileInfo> base, List<Numbered> files, long sequence) {

    /** About what it takes in memory. */
    long bytes() {
        return base.map(FileInfo::size).orElse(0L)
                + files.stream().mapToLong(file -> file.file().size()).sum();
    }
}
