package org.seawall.search;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits for each query, in the order of the queries, the nearest first; equally near ones in the order of their sequences
 * @param missing what of the storage could not be searched; always empty unless the request {@linkplain SearchRequest#allowPartial allows}
 *     it
 */
public record SearchResult(List<List<SearchHit>> hits, List<String> missing) {
    /** Copies the lists. */
    public SearchResult {
        hits = List.copyOf(hits);
        missing = List.copyOf(missing);
    }

    /**
     * Whether everything was searched.
     *
     * @return false if something is missing
     */
    public boolean whole() {
        return missing.isEmpty();
    }
}
