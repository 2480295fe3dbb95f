package org.seawall.search;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * One entry that was found.
 *
 * @param id the entry's id
 * @param sequence the entry's sequence
 * @param score the distance under {@link org.seawall.catalog.Metric#L2}, the similarity under the other metrics
 * @param metadata the entry's metadata
 * @param vector the entry's vector, if the request asks for it, else empty; not copied
 */
public record SearchHit(String id, long sequence, float score, Map<String, Object> metadata, float[] vector) {
    private static final float[] NO_VECTOR = {};

    /** Checks that all is there. */
    public SearchHit {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(vector, "vector");
    }

    /**
     * A hit without its vector.
     *
     * @param id the entry's id
     * @param sequence the entry's sequence
     * @param score distance or similarity
     * @param metadata the entry's metadata
     */
    public SearchHit(String id, long sequence, float score, Map<String, Object> metadata) {
        this(id, sequence, score, metadata, NO_VECTOR);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchHit that
                && id.equals(that.id)
                && sequence == that.sequence
                && Float.compare(score, that.score) == 0
                && metadata.equals(that.metadata)
                && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, sequence, score, metadata) * 31 + Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "SearchHit[id=" + id + ", sequence=" + sequence + ", score=" + score + ", metadata=" + metadata + "]";
    }
}
