package org.seawall.spi.flush;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a sink sees of a log. One service per log with the property {@link org.seawall.WriteAheadLog#LOG_NAME}, registered
 * while the log is. Safe for use by several threads.
 */
@ProviderType
public interface FlushSource {
    /**
     * The live entries of a collection at this moment; all that was acknowledged before is among them.
     *
     * @param collection the collection's name
     * @return a new cursor
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws org.seawall.LogUnavailableException if the collection could not be recovered
     * @throws org.seawall.LogClosedException if the log is closed
     */
    LiveEntries live(String collection);
}
