package org.example.singles;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.ProvidesStrategy;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * A file for every commit, created whole, one at a time: whoever creates a name first owns the end of the log. A commit takes as
 * long as a creation, and nothing is in flight beside it.
 */
@Component(service = WriteStrategy.class)
@ProvidesStrategy(
        strategy = SinglesStrategy.WORD,
        requires = {Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ})
public final class SinglesStrategy implements WriteStrategy {
    static final String WORD = "singles";

    @Override
    public String name() {
        return WORD;
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ);
    }

    /** What grows in a log is of another strategy, and would not be found. */
    @Override
    public SegmentStore open(FileSystem fileSystem, SegmentLayout layout) throws IOException {
        for (Location growing : List.of(layout.active(), layout.next())) {
            if (fileSystem.find(growing).isPresent()) {
                throw new IOException(
                        "the log has a growing segment of another strategy, which has to open it, strategy=" + WORD
                                + ", file=" + growing);
            }
        }
        return new SinglesStore(fileSystem, layout.segments());
    }
}
