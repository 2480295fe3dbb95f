package org.seawall;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A position in a collection that moves forward over durable entries. For one thread at a time.
 *
 * <p>Entries come in the order of their sequences, each once, without a gap but where a snapshot or a compaction has
 * dropped what was superseded, deleted or expired. The reader holds no lock and slows no writer down.
 */
@ProviderType
public interface LogReader extends AutoCloseable {

    /**
     * Takes the next entry if it is durable already, and moves behind it.
     *
     * @return the entry, or empty at the head of the log
     * @throws PastUnavailableException if the entry has left the log for a sink before it was read
     * @throws LogClosedException if the reader, the collection or the log was closed
     */
    Optional<LoggedEntry> poll();

    /**
     * Takes the next entry, waiting for it at the head of the log, and moves behind it.
     *
     * @param timeout how long to wait at most
     * @return the entry, or empty if none became durable in that time
     * @throws PastUnavailableException if the entry has left the log for a sink before it was read
     * @throws InterruptedException if the thread was interrupted while it waited
     * @throws LogClosedException if the reader, the collection or the log was closed, also while waiting
     */
    Optional<LoggedEntry> await(Duration timeout) throws InterruptedException;

    /**
     * The sequence that comes next.
     *
     * @return one more than the sequence that was returned last
     */
    long nextSequence();

    /** Ends the reader. Closing it again does nothing. */
    @Override
    void close();
}
