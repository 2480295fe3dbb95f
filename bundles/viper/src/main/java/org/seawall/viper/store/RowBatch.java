package org.seawall.viper.store;

import java.util.List;
import org.seawall.catalog.Column;
import org.seawall.viper.part.Row;

/**
 * What leaves a log for the store: all that happened behind one sequence, up to another.
 *
 * @param after the sequence that was flushed before
 * @param upTo the sequence that is flushed with this
 * @param columns fields of metadata that are to have typed columns from now on
 * @param rows of each id that was put last the newest version
 * @param deleted the ids that were deleted last
 */
public record RowBatch(long after, long upTo, List<Column> columns, PartSource rows, Iterable<String> deleted) {
    /** Checks the sequences. */
    public RowBatch {
        if (after < 0 || upTo < after) {
            throw new IllegalArgumentException("sequences of a flush, after=" + after + ", upTo=" + upTo);
        }
    }

    /**
     * A batch of rows, without typed columns.
     *
     * @param after the sequence that was flushed before
     * @param upTo the sequence that is flushed with this
     * @param rows in the order of sequences; gone through several times
     * @param deleted the ids that were deleted last
     */
    public RowBatch(long after, long upTo, Iterable<Row> rows, Iterable<String> deleted) {
        this(after, upTo, List.of(), PartSource.of(rows), deleted);
    }
}
