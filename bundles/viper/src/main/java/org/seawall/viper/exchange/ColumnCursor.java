package org.seawall.viper.exchange;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** One column of a row group, from row to row. Whoever sees a value that is there takes it before the next one. */
final class ColumnCursor {
    private final Leaf column;
    private final ChunkPages pages;
    private Optional<Page> page = Optional.empty();
    private int leftInPage;
    private boolean loaded;
    private int repetition;
    private int definition;

    ColumnCursor(Leaf column, ChunkPages pages) {
        this.column = column;
        this.pages = pages;
    }

    Leaf column() {
        return column;
    }

    /** Where the page is that was read last. */
    long offset() {
        return pages.offset();
    }

    long consumed() {
        return pages.consumed();
    }

    /**
     * The value of a row in a column that has one at most.
     *
     * @throws RuntimeException if the column is damaged, or ends before
     * @throws IOException if the file cannot be read
     */
    <T> Optional<T> single(Function<Values, T> read) throws IOException {
        return beginRow() == column.maxDefinition() ? Optional.of(read.apply(values())) : Optional.empty();
    }

    /**
     * Goes to the first value of the next row.
     *
     * @return its definition level
     */
    int beginRow() throws IOException {
        if (!load()) {
            throw new IllegalArgumentException("column ends before its rows do");
        }
        if (repetition != 0) {
            throw new IllegalArgumentException("row begins within a list, expected level=0, actual=" + repetition);
        }
        loaded = false;
        return definition;
    }

    /** Whether the row has another value; it is the next then, with this definition level. */
    boolean more() throws IOException {
        if (!load() || repetition == 0) {
            return false;
        }
        loaded = false;
        return true;
    }

    int definition() {
        return definition;
    }

    /** The values of the page, of which the next is that of the row. */
    Values values() {
        return page.orElseThrow().values();
    }

    /**
     * Holds the end of the column against the end of the rows.
     *
     * @throws RuntimeException if there is more
     */
    void end() throws IOException {
        if (load()) {
            throw new IllegalArgumentException("column goes on behind its rows");
        }
    }

    private boolean load() throws IOException {
        while (!loaded) {
            if (leftInPage == 0) {
                Optional<Page> next = pages.next();
                if (next.isEmpty()) {
                    return false;
                }
                page = next;
                leftInPage = next.get().count();
            } else {
                leftInPage--;
                repetition = level(page.orElseThrow().repetitions(), column.maxRepetition());
                definition = level(page.orElseThrow().definitions(), column.maxDefinition());
                loaded = true;
            }
        }
        return true;
    }

    private static int level(RunLengths levels, int largest) {
        if (largest == 0) {
            return 0;
        }
        int level = levels.next();
        if (level > largest) {
            throw new IllegalArgumentException("level, expected 0 to " + largest + ", actual=" + level);
        }
        return level;
    }
}
