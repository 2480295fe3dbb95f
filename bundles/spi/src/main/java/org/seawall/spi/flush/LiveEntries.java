package org.seawall.spi.flush;

import org.osgi.annotation.versioning.ProviderType;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;

/**
 * The live entries of a collection as they were when it was opened: of each id the newest version, none that is deleted or
 * expired. In the order of sequences. It begins before the first entry. For one thread; writers go on meanwhile.
 */
@ProviderType
public interface LiveEntries {
    /**
     * The collection.
     *
     * @return the collection as the catalog holds it
     */
    CollectionInfo collection();

    /**
     * Moves to the next live entry.
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
