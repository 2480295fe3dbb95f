package org.seawall.core.flush;

import java.util.List;
import org.seawall.catalog.Column;
import org.seawall.core.memtable.Present;
import org.seawall.spi.flush.EntryCursor;
import org.seawall.spi.flush.FlushBatch;

/** A stretch of a memtable, as a sink takes it over. */
record MemtableBatch(long after, long upTo, List<Column> columns, Present present) implements FlushBatch {
    @Override
    public EntryCursor entries() {
        return new Cursor(present.live(after, upTo));
    }

    @Override
    public Iterable<String> deleted() {
        return present.deleted(after, upTo);
    }
}
