package org.seawall.search;

import java.util.Map;
import java.util.Objects;

/**
 * One entry that was found.
 *
 * @param id the entry's id
 * @param sequence the entry's sequence
 * @param score the distance under {@link org.seawall.catalog.Metric#L2}, the similarity under the other metrics
 * @param metadata the entry's metadata
 */
public record SearchHit(String id, long sequence, float score, Map<String, Object> metadata) {
    /** Checks that all is there. */
    public SearchHit {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(metadata, "metadata");
    }
}
