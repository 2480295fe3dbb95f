package org.seawall.spi.flush;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a sink sees of a log. One service per log with the property {@link org.seawall.WriteAheadLog#LOG_NAME}, registered
 * while the log is. Safe for use by several threads.
 */
@ProviderType
public interface FlushSource {
    /**
     * The live entries of a collection at this moment; all that was acknowledged before and is not released is among them. If
     * something is released, the sink's store of the collection is open on return.
     *
     * @param collection the collection's name
     * @return a new cursor
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws org.seawall.LogUnavailableException if the collection could not be recovered, or something is released and the
     *     sink is not there
     * @throws org.seawall.LogClosedException if the log is closed
     */
    LiveEntries live(String collection);

    /**
     * Attaches a sink: from now on the log flushes to it what is due, and releases what is flushed.
     *
     * @param sink takes the entries
     * @return ends it
     * @throws IllegalStateException if another is attached
     * @throws org.seawall.LogClosedException if the log is closed
     */
    Attachment attach(FlushSink sink);

    /** A sink that is attached to a log. */
    @ProviderType
    interface Attachment extends AutoCloseable {
        /**
         * Detaches the sink. On return its stores are closed and it is not called any more. Closing again, or after the log was
         * closed, does nothing.
         */
        @Override
        void close();
    }
}
