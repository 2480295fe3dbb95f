package org.seawall.viper.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.part.Row;
import org.seawall.viper.part.RowReader;

/**
 * The living rows of a view, one after the other, in the order of their sequences: parts come in that order, and in each those with a vector and
 * those without are merged. Some rows at a time are in memory, and a part is open only while these are read. For one thread, which closes it,
 * and the view with it.
 */
public final class StoreScan implements AutoCloseable {
    private static final int MOST_ROWS = 256;
    private static final int MOST_FLOATS = 1 << 18;

    private final StoreView view;
    private final long nowMillis;
    private final int rowsAtOnce;
    private final Deque<Row> ahead = new ArrayDeque<>();
    private int part;
    private int vector;
    private int bare = -1;

    /**
     * A scan before the first row.
     *
     * @param view what is gone through; closed with this
     * @param nowMillis what has expired by then is left out
     */
    public StoreScan(StoreView view, long nowMillis) {
        this.view = view;
        this.nowMillis = nowMillis;
        this.rowsAtOnce = Math.max(
                1, Math.min(MOST_ROWS, MOST_FLOATS / Math.max(1, view.manifest().dimension())));
    }

    /**
     * Up to where the log was flushed.
     *
     * @return the sequence
     */
    public long flushed() {
        return view.manifest().flushed();
    }

    /**
     * Takes the next row.
     *
     * @return a living row, or empty behind the last
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    public Optional<Row> next() throws IOException {
        while (ahead.isEmpty() && part < view.manifest().parts().size()) {
            PartEntry entry = view.manifest().parts().get(part);
            if (entry.deleted() == entry.rows() || entry.expired(nowMillis)) {
                nextPart();
            } else {
                view.use(entry, this::read);
            }
        }
        return Optional.ofNullable(ahead.poll());
    }

    private void nextPart() {
        part++;
        vector = 0;
        bare = -1;
    }

    private void read(PartEntry entry, OpenPart open, DeleteVector deleted) throws IOException {
        RowReader vectors = RowReader.sequential(open.reader());
        RowReader others = RowReader.sequential(open.reader());
        bare = bare < 0 ? entry.vectors() : bare;
        while (ahead.size() < rowsAtOnce && (vector < entry.vectors() || bare < entry.rows())) {
            boolean first = bare == entry.rows()
                    || vector < entry.vectors() && vectors.sequence(vector) < others.sequence(bare);
            int row = first ? vector++ : bare++;
            if (!deleted.has(row) && !open.sidecar().expired(row, nowMillis)) {
                ahead.add((first ? vectors : others).row(row));
            }
        }
        if (vector == entry.vectors() && bare == entry.rows()) {
            nextPart();
        }
    }

    /** Lets the view go. */
    @Override
    public void close() {
        view.close();
    }
}
