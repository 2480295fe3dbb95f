package org.seawall.strategy.object;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.ProvidesStrategy;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** Every group of batches is a segment of its own, created if absent: whoever creates a name first owns the log's head. */
@Component(
        service = WriteStrategy.class,
        configurationPid = "org.seawall.strategy.object",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@ProvidesStrategy(
        strategy = ObjectStrategy.STRATEGY,
        requires = {Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ})
@Designate(ocd = ObjectConfiguration.class)
public final class ObjectStrategy implements WriteStrategy {

    static final String STRATEGY = "object";

    private static final Set<Capability> REQUIRED = Collections.unmodifiableSet(
            EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ));

    private final CreationThreads threads;

    /**
     * The strategy as configured.
     *
     * @param configuration how many threads it may have
     * @throws IllegalArgumentException if that is out of its range
     */
    @Activate
    public ObjectStrategy(ObjectConfiguration configuration) {
        this(CreationThreads.of(configuration.threads()));
    }

    /** The strategy with the usual number of threads, which end by themselves when there is nothing to do. */
    public ObjectStrategy() {
        this(CreationThreads.of(CreationThreads.DEFAULT));
    }

    /**
     * The strategy with threads of somebody else.
     *
     * @param creations runs creations where a log may have several in flight
     */
    public ObjectStrategy(Executor creations) {
        this(new CreationThreads(() -> new CreationThreads.Pool(creations, () -> {})));
    }

    ObjectStrategy(CreationThreads threads) {
        this.threads = threads;
    }

    /** Ends the threads behind what they were given. */
    @Deactivate
    void deactivate() {
        threads.close();
    }

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
        return new ObjectStore(fileSystem, layout.segments(), threads.lease(fileSystem));
    }
}
