package org.seawall.spi.flush;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.seawall.catalog.Column;

/** What happened to a collection behind one sequence, up to another, all of it durable in the log. For one thread at a time. */
@ProviderType
public interface FlushBatch {
    /**
     * The sequence that the sink said it is flushed up to.
     *
     * @return the same as {@link FlushStore#flushed}
     */
    long after();

    /**
     * The sequence up to which the sink is flushed with this.
     *
     * @return above {@link #after}
     */
    long upTo();

    /**
     * The fields of metadata that are to have columns of their own, as the collection declares them at present.
     *
     * @return columns; none if none are declared
     */
    List<Column> columns();

    /**
     * The ids that were put last: of each the newest version.
     *
     * @return a new cursor over the same entries at each call
     */
    EntryCursor entries();

    /**
     * The ids that were deleted last, or whose newest version has expired.
     *
     * @return each id once; may be gone through several times
     */
    Iterable<String> deleted();
}
