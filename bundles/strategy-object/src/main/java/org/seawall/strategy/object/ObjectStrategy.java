package org.seawall.strategy.object;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** Every group of batches is a segment of its own, created if absent: whoever creates a name first owns the log's head. */
@Component(service = WriteStrategy.class, property = WriteStrategy.NAME + "=" + ObjectStrategy.STRATEGY)
public final class ObjectStrategy implements WriteStrategy {

    static final String STRATEGY = "object";

    private static final Set<Capability> REQUIRED = Collections.unmodifiableSet(
            EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ));

    /** The component; there is nothing to configure. */
    @Activate
    public ObjectStrategy() {}

    @Override
    public String name() {
        return STRATEGY;
    }

    @Override
    public Set<Capability> requires() {
        return REQUIRED;
    }

    /** An active segment holds batches that this strategy would not find, so a log with one is not opened. */
    @Override
    public SegmentStore open(FileSystem fileSystem, SegmentLayout layout) throws IOException {
        for (Location growing : List.of(layout.active(), layout.next())) {
            if (fileSystem.find(growing).isPresent()) {
                throw new IOException("the log has a growing segment of another strategy, which has to open it,"
                        + " strategy=" + STRATEGY + ", file=" + growing);
            }
        }
        return new ObjectStore(fileSystem, layout.segments());
    }
}
