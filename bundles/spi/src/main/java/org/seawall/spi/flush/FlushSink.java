package org.seawall.spi.flush;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.catalog.CollectionInfo;

/** Where entries go that leave a log. Attached to a log by {@link FlushSource#attach}. Safe for use by several threads. */
@ConsumerType
public interface FlushSink {
    /**
     * What it is called in messages.
     *
     * @return a few words, such as its kind and its URL without secrets
     */
    String name();

    /**
     * What does not work of what it does by itself, for the log's status.
     *
     * @return one line, empty if all works
     */
    default String detail() {
        return "";
    }

    /**
     * Whether it takes a collection's entries. Those of others stay in the log.
     *
     * @param collection the collection
     * @return the same at every call
     */
    boolean takes(CollectionInfo collection);

    /**
     * Opens what it holds of a collection, or begins with nothing, and fences writers of lower epochs off. What was opened for
     * the collection before is closed by that, behind those who use it.
     *
     * @param collection one that it takes
     * @param epoch of the log's writer; a higher one each time another writer takes over
     * @param least what is flushed up to less than that is given up, durably, for nothing: the log has all that is live, and
     *     does not know any more what was deleted up to there
     * @return the store
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has been there
     * @throws org.seawall.SeawallException if what it holds is damaged
     * @throws IOException if the storage fails
     */
    FlushStore open(CollectionInfo collection, long epoch, long least) throws IOException;

    /**
     * Removes what it holds of a collection, and closes what is open of it. Again it does nothing.
     *
     * @param collection the collection
     * @throws IOException if the storage fails; a part may be there
     */
    void drop(CollectionInfo collection) throws IOException;
}
