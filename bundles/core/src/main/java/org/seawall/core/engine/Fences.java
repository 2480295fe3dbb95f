package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;

/**
 * Which segments are fences: those without a batch, with which a writer took the log over. A fence is not archived. A writer
 * that was stalled before it may wake after any time, and would find the one name that it may create free. Everything before
 * a fence may go: its name is known to nobody who has not also met the fence. For one thread at a time.
 */
final class Fences {
    /** A header is a few hundred bytes. */
    private static final long MOST_BYTES = 4_096;

    private final Backend backend;
    private final Set<Location> known = new HashSet<>();

    Fences(Backend backend) {
        this.backend = backend;
    }

    /** The files that are none; of those that are small each is read once. */
    List<Numbered> without(List<Numbered> files) throws IOException {
        List<Numbered> others = new ArrayList<>();
        for (Numbered file : files) {
            if (!fence(file)) {
                others.add(file);
            }
        }
        return others;
    }

    private boolean fence(Numbered file) throws IOException {
        Location location = file.file().location();
        if (file.run()
                || file.file().size() > MOST_BYTES
                || BegunSegment.is(file.file().size(), backend.fileSystem())) {
            return false;
        }
        if (!known.contains(location) && headerAlone(file.file())) {
            known.add(location);
        }
        return known.contains(location);
    }

    private boolean headerAlone(SegmentFile file) throws IOException {
        try (FileInput input = new BufferedInput(SegmentRead.opened(file, backend.fileSystem()))) {
            return SegmentScan.open(input, backend).end() == input.size();
        }
    }
}
