package org.seawall.core.flush;

import java.util.function.Consumer;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.memtable.Present;
import org.seawall.spi.flush.LiveEntries;

/** The live entries of a memtable, as a sink sees them. */
public final class MemtableEntries extends Cursor implements LiveEntries {
    private final CollectionInfo collection;
    private final Present present;

    /**
     * What is there.
     *
     * @param collection whose entries they are
     * @param present the entries
     */
    public MemtableEntries(CollectionInfo collection, Present present) {
        super(present.live());
        this.collection = collection;
        this.present = present;
    }

    @Override
    public CollectionInfo collection() {
        return collection;
    }

    @Override
    public long released() {
        return present.released();
    }

    @Override
    public long upTo() {
        return present.upTo();
    }

    @Override
    public boolean changed(String id, long after) {
        return present.changed(id, after);
    }

    @Override
    public void changed(long after, Consumer<String> ids) {
        present.changed(after, ids);
    }
}
