package org.seawall.viper.part;

import java.util.Arrays;

/**
 * Where the pages of one column are.
 *
 * @param offsets where each page's header begins in the file, ascending
 * @param bytes its length with its header
 * @param firstRows the first row in it, ascending from 0 on
 */
record ColumnPages(long[] offsets, int[] bytes, int[] firstRows) {
    int count() {
        return offsets.length;
    }

    /** The page that holds a row. */
    int page(int row) {
        int found = Arrays.binarySearch(firstRows, row);
        return found >= 0 ? found : -found - 2;
    }

    /** The row behind the last one of a page. */
    int end(int page, int rows) {
        return page + 1 < firstRows.length ? firstRows[page + 1] : rows;
    }
}
