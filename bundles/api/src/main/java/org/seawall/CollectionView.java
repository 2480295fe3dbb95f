package org.seawall;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A collection as it was at a point in time. It is read before {@link WriteAheadLog#view} returns, and is in memory of its
 * own until it is closed: what happens to the collection meanwhile does not change it.
 *
 * <p>Safe for use by several threads; an iterator is for one thread. After {@link #close} all methods but {@code close}
 * throw {@link LogClosedException}.
 */
@ProviderType
public interface CollectionView extends AutoCloseable {

    /**
     * The newest sequence that counts.
     *
     * @return 0 for the empty collection
     */
    long sequence();

    /**
     * The moment at which the view stands, which decides what had expired.
     *
     * @return the moment that was asked for, or that of the commit of {@link #sequence()}
     */
    Instant moment();

    /**
     * The newest version of an id at that point, if it was live then.
     *
     * @param id the id
     * @return the entry, or empty
     */
    Optional<LoggedEntry> get(String id);

    /**
     * The entries that were live at that point: put, not deleted or superseded before, not expired.
     *
     * @return a new iterator, in the order of sequences; its entries are made as it moves
     */
    Iterator<LoggedEntry> entries();

    /** Gives the memory back. Closing again does nothing. */
    @Override
    void close();
}
