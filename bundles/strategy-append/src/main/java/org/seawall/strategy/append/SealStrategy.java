package org.seawall.strategy.append;

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

/**
 * Each segment grows under its own name and is sealed where it is, on a storage that keeps the end of a file itself. It has the
 * name of {@link AppendStrategy}: which of the two it is the file system's capabilities say.
 */
@Component(service = WriteStrategy.class)
@ProvidesStrategy(
        strategy = AppendStrategy.STRATEGY,
        requires = {Capability.SEAL, Capability.STRONG_LIST, Capability.RANGE_READ, Capability.CREATE_EXCLUSIVE})
public final class SealStrategy implements WriteStrategy {

    private static final Set<Capability> REQUIRED = Collections.unmodifiableSet(EnumSet.of(
            Capability.SEAL,
            Capability.STRONG_LIST,
            Capability.RANGE_READ,
            // for fences, and for a group that is larger than an append
            Capability.CREATE_EXCLUSIVE));

    /** The component; there is nothing to configure. */
    @Activate
    public SealStrategy() {}

    @Override
    public String name() {
        return AppendStrategy.STRATEGY;
    }

    @Override
    public Set<Capability> requires() {
        return REQUIRED;
    }

    @Override
    public SegmentStore open(FileSystem fileSystem, SegmentLayout layout) {
        return new SealStore(fileSystem, layout.segments());
    }
}
