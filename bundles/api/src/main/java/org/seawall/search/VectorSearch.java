package org.seawall.search;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Search over the live vectors of a log's collections. One service per log, with the service property
 * {@link org.seawall.WriteAheadLog#LOG_NAME}, registered while the log is.
 *
 * <p>Safe for use by several threads. A search sees every entry that was acknowledged before it began; of each id only
 * the newest version, and none that is deleted or expired.
 */
@ProviderType
public interface VectorSearch {

    /** The most results of one query. */
    int MAX_K = 10_000;

    /**
     * The k nearest entries to each of several vectors, exactly.
     *
     * @param collection the collection's name
     * @param queries the vectors, each of the collection's dimension and finite; not changed and not kept
     * @param k how many results, 1 to {@link #MAX_K}
     * @return for each query, in the order of the queries, at most k results, the nearest first; equally near ones in the
     *     order of their sequences
     * @throws IllegalArgumentException if k or a query is out of its bounds, or the collection holds payloads
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws org.seawall.LogUnavailableException if the collection could not be recovered
     */
    default List<List<SearchHit>> search(String collection, List<float[]> queries, int k) {
        return search(collection, SearchRequest.of(queries, k).exactly()).hits();
    }

    /**
     * The nearest entries to each of several vectors.
     *
     * @param collection the collection's name
     * @param request what is searched for, and how; each query of the collection's dimension and finite
     * @return the hits of each query
     * @throws IllegalArgumentException if a query is out of its bounds, the collection holds payloads, or no entry has a field that the
     *     filter compares, or none of the kind that it is compared with
     * @throws SearchTimeoutException if it took longer than the request allows
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws org.seawall.LogCorruptException if something of the storage is missing or damaged, and the request does not allow that;
     *     names it
     * @throws org.seawall.LogUnavailableException if the collection could not be recovered, or entries have left the log for a store that
     *     is not there
     */
    SearchResult search(String collection, SearchRequest request);
}
