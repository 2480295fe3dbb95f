package org.seawall.spi.flush;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.LoggedEntry;

/** The live entries that a store held at one moment, in the order of their sequences, each id once. For one thread at a time. */
@ConsumerType
public interface FlushScan extends AutoCloseable {
    /**
     * Up to where the store was flushed at that moment.
     *
     * @return a sequence
     */
    long flushed();

    /**
     * Takes the next entry.
     *
     * @return the entry, or empty behind the last
     * @throws org.seawall.SeawallException if what the store holds is damaged; names it
     * @throws IOException if the storage fails
     */
    Optional<LoggedEntry> next() throws IOException;

    /**
     * Lets go of what it holds, for which the store's files stay until then. Again it does nothing.
     *
     * @throws IOException if the storage fails; nothing is lost
     */
    @Override
    void close() throws IOException;
}
