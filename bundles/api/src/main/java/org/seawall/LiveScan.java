package org.seawall;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All live entries of a collection as they were at one moment: of each id the newest version, none that is deleted or expired, whether it is in
 * the log or has left it for a sink. In the order of their sequences, each once. For one thread at a time; what happens to the collection
 * meanwhile does not change it. Not in memory as a whole: of what is in the sink a little at a time is read.
 */
@ProviderType
public interface LiveScan extends AutoCloseable {
    /**
     * The newest sequence that counts.
     *
     * @return 0 for a collection that nothing was appended to
     */
    long sequence();

    /**
     * Takes the next entry.
     *
     * @return the entry, or empty behind the last
     * @throws LogCorruptException if something that the sink holds is missing or damaged; names it. What was taken before stays good, what
     *     comes behind cannot be reached
     * @throws LogUnavailableException if the storage of the sink failed, or went away; begin anew
     * @throws LogClosedException if this was closed
     */
    Optional<LoggedEntry> next();

    /** Lets go of what it holds. Closing it again does nothing. */
    @Override
    void close();
}
