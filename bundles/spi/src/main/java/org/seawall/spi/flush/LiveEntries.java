package org.seawall.spi.flush;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.seawall.catalog.CollectionInfo;

/**
 * The live entries of a collection that are in the log, as they were when it was opened: of each id the newest version, none
 * that is deleted or expired. What the log has {@linkplain #released released} to its sink is not among them.
 *
 * <p><b>Log and sink as one.</b> Take what the sink holds first, flushed up to a sequence F, and this behind it. If more than F
 * is released, take both again. Then of this only what is behind F counts, and of the sink only ids that have not
 * {@linkplain #changed(String, long) changed} behind F.
 */
@ProviderType
public interface LiveEntries extends EntryCursor {
    /**
     * The collection.
     *
     * @return the collection as the catalog holds it
     */
    CollectionInfo collection();

    /**
     * Up to where entries have left the log for the sink.
     *
     * @return a sequence; 0 if all that is live is in the log
     */
    long released();

    /**
     * The newest sequence that counts.
     *
     * @return at least {@link #released}
     */
    long upTo();

    /**
     * Whether an id was put or deleted behind a sequence, up to {@link #upTo}.
     *
     * @param id the id
     * @param after the sequence, at least {@link #released}
     * @return whether there is a version of it
     */
    boolean changed(String id, long after);

    /**
     * Goes through the ids that were put or deleted behind a sequence, up to {@link #upTo}.
     *
     * @param after the sequence, at least {@link #released}
     * @param ids takes them in the order of sequences, an id as often as it has changed
     */
    void changed(long after, Consumer<String> ids);
}
