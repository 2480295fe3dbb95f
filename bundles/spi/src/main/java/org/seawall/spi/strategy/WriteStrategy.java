package org.seawall.spi.strategy;

import java.io.IOException;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;

/**
 * A way to write batches into segment files. Registered as a service with the property {@link #NAME}. Safe for use by
 * several threads; what it opens is not.
 */
@ConsumerType
public interface WriteStrategy {

    /** Service property with {@link #name()}, such as {@code append}. */
    String NAME = "seawall.strategy";

    /** Service property, String[]: the names of {@link #requires()}, for those who look and do not ask. */
    String REQUIRES = "seawall.requires";

    /**
     * The name by which a configuration chooses the strategy.
     *
     * @return the value of {@link #NAME}
     */
    String name();

    /**
     * What a file system must be able to do.
     *
     * @return the same set at every call
     */
    Set<Capability> requires();

    /**
     * Opens the segments of one log. A change of segments that a crash interrupted is finished first.
     *
     * @param fileSystem where the files are; has all that {@link #requires()} names
     * @param layout which files they are
     * @return the store, which this process alone uses
     * @throws IOException if the storage fails
     */
    SegmentStore open(FileSystem fileSystem, SegmentLayout layout) throws IOException;
}
