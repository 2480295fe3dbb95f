package org.seawall.viper.sink;

import java.util.ArrayList;
import java.util.List;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.Column;
import org.seawall.spi.flush.EntryCursor;
import org.seawall.spi.flush.FlushBatch;

/** A batch in memory. */
record MemoryBatch(long after, long upTo, List<Column> columns, List<LoggedEntry> puts, List<String> deleted)
        implements FlushBatch {

    /** A batch of what is put behind a sequence, one sequence after the other, and of deletes behind that. */
    static MemoryBatch of(long after, List<Entry> puts, String... deleted) {
        List<LoggedEntry> logged = new ArrayList<>();
        for (Entry put : puts) {
            logged.add(new LoggedEntry(after + 1 + logged.size(), put));
        }
        return new MemoryBatch(after, after + puts.size() + deleted.length, List.of(), logged, List.of(deleted));
    }

    @Override
    public EntryCursor entries() {
        return new EntryCursor() {
            private int place = -1;

            @Override
            public boolean next() {
                return ++place < puts.size();
            }

            @Override
            public long sequence() {
                return puts.get(place).sequence();
            }

            @Override
            public int dimension() {
                return entry().vector().length;
            }

            @Override
            public void vector(float[] target) {
                System.arraycopy(entry().vector(), 0, target, 0, dimension());
            }

            @Override
            public Entry entry() {
                return puts.get(place).entry();
            }
        };
    }
}
