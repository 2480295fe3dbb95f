package org.seawall.testkit;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** A strategy with one active segment, right in everything but its flaw. */
record RollingStrategy(RollingFlaw flaw) implements WriteStrategy {
    @Override
    public String name() {
        return flaw == RollingFlaw.NAME_CHANGES ? "rolling" + System.nanoTime() : "rolling";
    }

    @Override
    public Set<Capability> requires() {
        Set<Capability> all =
                EnumSet.complementOf(EnumSet.of(Capability.CONDITIONAL_REPLACE, Capability.LOCK, Capability.SEAL));
        if (flaw == RollingFlaw.NEEDS_MORE_THAN_IT_SAYS) {
            all.remove(Capability.ATOMIC_RENAME);
        }
        return all;
    }

    @Override
    public SegmentStore open(FileSystem files, SegmentLayout layout) throws IOException {
        if (flaw != RollingFlaw.OPEN_FORCES_NOTHING) {
            force(files, layout.segments());
            force(files, layout.directory());
        }
        if (flaw != RollingFlaw.OPEN_FINISHES_NOTHING) {
            finish(files, layout);
            force(files, layout.directory());
        }
        return new RollingStore(files, layout, flaw);
    }

    private static void force(FileSystem files, Location directory) throws IOException {
        if (files.find(directory).isPresent()) {
            files.forceDirectory(directory);
        }
    }

    /** A next segment without an active one was begun whole; any other was not begun. */
    private static void finish(FileSystem files, SegmentLayout layout) throws IOException {
        files.delete(RollingStore.first(layout));
        if (files.find(layout.next()).isEmpty()) {
            return;
        }
        if (files.find(layout.active()).isEmpty()) {
            files.rename(layout.next(), layout.active());
        } else {
            files.delete(layout.next());
        }
    }
}
