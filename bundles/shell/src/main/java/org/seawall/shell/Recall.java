package org.seawall.shell;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seawall.search.SearchHit;

/** The share of the true results that a search has found. */
final class Recall {
    private Recall() {}

    /** Compares the hits of each query with the first k of its true results, which are row numbers. */
    static double of(List<List<SearchHit>> hits, List<int[]> truth, int k) {
        if (truth.size() < hits.size() || hits.isEmpty()) {
            throw new IllegalArgumentException(
                    "true results do not fit the queries, queries=" + hits.size() + ", results=" + truth.size());
        }
        long found = 0;
        for (int q = 0; q < hits.size(); q++) {
            int[] expected = truth.get(q);
            if (expected.length < k) {
                throw new IllegalArgumentException(
                        "fewer true results than k, results=" + expected.length + ", k=" + k + ", query=" + q);
            }
            Set<Integer> nearest = new HashSet<>();
            Arrays.stream(expected, 0, k).forEach(nearest::add);
            found += hits.get(q).stream()
                    .filter(hit -> nearest.contains(row(hit.id())))
                    .count();
        }
        return (double) found / ((long) k * hits.size());
    }

    /** The row number that an id is. */
    static int row(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("id is not the number of a row, id=" + Text.printable(id), e);
        }
    }
}
