package org.seawall.core;

import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.spi.flush.LiveEntries;

/** The live entries of a memtable, as a sink sees them. */
record MemtableEntries(CollectionInfo collection, LiveCursor cursor) implements LiveEntries {
    @Override
    public boolean next() {
        return cursor.next();
    }

    @Override
    public long sequence() {
        return cursor.sequence();
    }

    @Override
    public int dimension() {
        return cursor.batch().dimension(cursor.index());
    }

    @Override
    public void vector(float[] target) {
        cursor.vector(target);
    }

    @Override
    public Entry entry() {
        return cursor.entry();
    }
}
