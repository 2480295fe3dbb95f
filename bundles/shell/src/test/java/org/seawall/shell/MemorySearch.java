package org.seawall.shell;

import java.util.Comparator;
import java.util.List;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.search.SearchResult;
import org.seawall.search.VectorSearch;

/** Search over a {@link MemoryLog} by sorting everything. */
record MemorySearch(MemoryLog log) implements VectorSearch {
    @Override
    public SearchResult search(String collection, SearchRequest request) {
        List<String> missing = request.partial() ? List.of("0001-part") : List.of();
        return new SearchResult(
                request.queries().stream()
                        .map(query -> nearest(collection, query, request))
                        .toList(),
                missing);
    }

    private List<SearchHit> nearest(String collection, float[] query, SearchRequest request) {
        return log.live(collection).values().stream()
                .filter(logged -> request.filter()
                        .filter(filter -> !filter.matches(logged.entry().metadata()))
                        .isEmpty())
                .map(logged -> new SearchHit(
                        logged.entry().id(),
                        logged.sequence(),
                        distance(query, logged.entry().vector()),
                        logged.entry().metadata()))
                .sorted(Comparator.comparingDouble(SearchHit::score).thenComparingLong(SearchHit::sequence))
                .skip(request.offset())
                .limit(request.k())
                .toList();
    }

    private static float distance(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "query of another dimension, expected=" + b.length + ", actual=" + a.length);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow((double) a[i] - b[i], 2);
        }
        return (float) Math.sqrt(sum);
    }
}
