package org.seawall.inspection;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.LoggedEntry;

/** Takes the batches of a collection that is read from its files, in their order, in the thread that reads. */
@ConsumerType
public interface BatchVisitor {
    /**
     * A valid batch.
     *
     * @param batch its entries, at least one
     * @throws IOException to stop reading; it is passed on as the cause of a {@link org.seawall.LogUnavailableException}
     */
    void batch(List<LoggedEntry> batch) throws IOException;
}
