package org.seawall.inspection;

import java.util.List;
import java.util.Objects;

/**
 * What was found in the files of a log.
 *
 * @param catalog the catalog
 * @param collections its collections by name, then the directories that it does not name
 * @param millis how long it took
 */
public record Verification(LogReport catalog, List<LogReport> collections, long millis) {
    /** Copies the list. */
    public Verification {
        Objects.requireNonNull(catalog, "catalog");
        collections = List.copyOf(collections);
    }

    /**
     * The worst of all.
     *
     * @return {@link Verdict#COMPLETE} if everything is in order
     */
    public Verdict verdict() {
        return collections.stream().map(LogReport::verdict).reduce(catalog.verdict(), Verdict::and);
    }
}
