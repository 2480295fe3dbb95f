package org.seawall.spi.flush;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.LoggedEntry;

/** What a sink holds of one collection. Flushes come one after the other; the rest is called by any thread at any time. */
@ConsumerType
public interface FlushStore extends AutoCloseable {
    /**
     * Up to where it is flushed: it holds the outcome of everything up to there, durably.
     *
     * @return a sequence; 0 before the first flush
     */
    long flushed();

    /**
     * Takes a batch over, exactly once: the data and the sequence become durable together, or neither. A batch up to a
     * sequence that is flushed already is left alone, so it may be repeated after any failure.
     *
     * @param batch follows what is flushed
     * @return the sequence up to which it is flushed now
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has taken the store over
     * @throws org.seawall.SeawallException if what it holds is damaged or the outcome is not known
     * @throws IOException if the storage fails
     */
    long flush(FlushBatch batch) throws IOException;

    /**
     * Looks an entry up.
     *
     * @param id its id, not empty
     * @param nowMillis what has expired by then is not found
     * @return the newest version that was flushed, if it is live
     * @throws org.seawall.SeawallException if what it holds is damaged
     * @throws IOException if the storage fails
     */
    Optional<LoggedEntry> get(String id, long nowMillis) throws IOException;

    /**
     * Goes through all that it holds, as it is at this moment. Flushes go on meanwhile, and it works also when the store is closed before.
     *
     * @param nowMillis what has expired by then is left out
     * @return before the first entry
     * @throws org.seawall.SeawallException if what it holds is damaged
     * @throws IOException if the storage fails
     */
    FlushScan scan(long nowMillis) throws IOException;

    /**
     * Lets go what it has open. Nothing else is called any more.
     *
     * @throws IOException if the storage fails; nothing is lost
     */
    @Override
    void close() throws IOException;
}
