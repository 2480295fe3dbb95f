package org.seawall.spi.flush;

import org.osgi.annotation.versioning.ProviderType;
import org.seawall.Entry;

/** Moves over entries in the order of their sequences. It begins before the first entry. For one thread; writers go on meanwhile. */
@ProviderType
public interface EntryCursor {
    /**
     * Moves to the next entry.
     *
     * @return false at the end
     */
    boolean next();

    /**
     * The entry's sequence.
     *
     * @return at least 1
     */
    long sequence();

    /**
     * The number of components of the entry's vector.
     *
     * @return the collection's dimension, or 0 for an entry without a vector
     */
    int dimension();

    /**
     * Copies the entry's vector.
     *
     * @param target takes the components from its index 0; at least {@link #dimension} long
     */
    void vector(float[] target);

    /**
     * The entry as an object.
     *
     * @return a new object
     */
    Entry entry();
}
