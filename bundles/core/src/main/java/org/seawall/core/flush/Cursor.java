package org.seawall.core.flush;

import org.seawall.Entry;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.spi.flush.EntryCursor;

/** Entries of a memtable, as a sink sees them. */
class Cursor implements EntryCursor {
    private final LiveCursor cursor;

    Cursor(LiveCursor cursor) {
        this.cursor = cursor;
    }

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
