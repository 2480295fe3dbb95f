package org.seawall.strategy.append;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.strategy.ProvidesStrategy;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** One active segment grows and is forced; it is sealed by a rename. */
@Component(service = WriteStrategy.class)
@ProvidesStrategy(
        strategy = AppendStrategy.STRATEGY,
        requires = {
            Capability.APPEND,
            Capability.FORCE,
            Capability.ATOMIC_RENAME,
            Capability.STRONG_LIST,
            Capability.RANGE_READ,
            Capability.LOCK,
            Capability.CREATE_EXCLUSIVE
        })
public final class AppendStrategy implements WriteStrategy {

    static final String STRATEGY = "append";

    private static final Set<Capability> REQUIRED = Collections.unmodifiableSet(EnumSet.of(
            Capability.APPEND,
            Capability.FORCE,
            Capability.ATOMIC_RENAME,
            Capability.STRONG_LIST,
            Capability.RANGE_READ,
            Capability.LOCK,
            // for the copy of a torn tail
            Capability.CREATE_EXCLUSIVE));

    /** The component; there is nothing to configure. */
    @Activate
    public AppendStrategy() {}

    @Override
    public String name() {
        return STRATEGY;
    }

    @Override
    public Set<Capability> requires() {
        return REQUIRED;
    }

    @Override
    public SegmentStore open(FileSystem fileSystem, SegmentLayout layout) throws IOException {
        AppendFiles files = new AppendFiles(fileSystem, layout);
        files.finishInterruptedChange();
        return new AppendStore(files);
    }
}
