package org.seawall.shell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seawall.SequenceRange;

/** What of a file the log has acknowledged so far. For one thread. */
final class Acknowledged {
    private Optional<AckLog> list;
    private long rows;
    private long position;
    private long first;
    private long last;
    private String gap = "";

    Acknowledged(Optional<AckLog> list) {
        this.list = list;
    }

    void add(SequenceRange range, long count, long end) {
        first = rows == 0 ? range.first() : first;
        last = range.last();
        rows += count;
        position = end;
        if (!gap.isEmpty() && !gap.contains("later")) {
            gap += ", later rows are in: do not resume, ingest the file again";
        }
    }

    /** Puts batches on the list of acknowledgements, if there is one. A list that failed is not written to again. */
    void keep(List<SequenceRange> ranges) {
        if (list.isEmpty() || ranges.isEmpty()) {
            return;
        }
        try {
            list.get().add(ranges);
        } catch (IOException e) {
            list = Optional.empty();
            throw new CommandFailedException("list of acknowledgements cannot be written, cause=" + e.getMessage(), e);
        }
    }

    /** Notes rows that are not in, or not known to be. */
    void missing(long firstRow, long lastRow) {
        if (gap.isEmpty()) {
            gap = ", rows from " + firstRow + " to " + lastRow + " are not acknowledged";
        }
    }

    long rows() {
        return rows;
    }

    /** Where in the file the last acknowledged row ends. */
    long position() {
        return position;
    }

    String sequences() {
        return "sequences " + first + ".." + last;
    }

    /** For the end of an error's line. */
    String report() {
        return (rows == 0 ? "no rows are in" : rows + " rows are in, " + sequences()) + gap;
    }
}
