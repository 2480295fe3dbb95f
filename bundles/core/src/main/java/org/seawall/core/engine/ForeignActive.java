package org.seawall.core.engine;

import java.io.IOException;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentLayout;

/**
 * The active segment of a strategy that is replaced by one that has none: it is sealed under its name, as its own strategy
 * would have done it. If the process dies before it has its name, the log goes on with the strategy that wrote it, and with
 * that alone.
 */
final class ForeignActive {
    private final FileSystem files;
    private final SegmentLayout layout;

    ForeignActive(FileSystem files, SegmentLayout layout) {
        this.files = files;
        this.layout = layout;
    }

    /** Gives the segment the name that its predecessor fixed, durably, and nothing behind its last batch. */
    Head sealed(Head head) throws IOException {
        long end = head.active().orElseThrow().end();
        Location active = layout.active();
        AppendFile file = files.openAppendable(active, end);
        try (file) {
            file.truncate(end);
            file.force();
        }
        files.rename(active, layout.segments().child(head.name()));
        files.forceDirectory(layout.segments());
        files.forceDirectory(layout.directory());
        return head.withoutActive();
    }
}
