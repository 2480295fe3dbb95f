package org.seawall.core.inspection;

import java.time.Instant;
import java.util.Optional;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.catalog.CatalogFiles;
import org.seawall.core.inspection.StoredLog.Directory;

/**
 * The directory of a collection.
 *
 * @param id its name, which is the collection's id
 * @param root where it is
 * @param info what the catalog says of it, if it names it
 * @param dropping whether the catalog says that it is being dropped
 * @param from the place that it is on its way from, so that a part of its files may be there alone; or empty
 */
record StoredCollection(String id, Directory root, Optional<CollectionInfo> info, boolean dropping, String from) {
    /**
     * What is done with whole collections is not done with this one.
     *
     * @throws LogUnavailableException if it is on its way from another place
     */
    void requireHere() {
        if (!from.isEmpty()) {
            throw new LogUnavailableException(
                    "collection moves from one place to another, do it again when it is there," + " collection="
                            + name() + ", from=" + from);
        }
    }

    /** The same with the place that it is on its way from. */
    StoredCollection from(CatalogFiles catalog) {
        return new StoredCollection(id, root, info, dropping, catalog.froms().getOrDefault(id, ""));
    }

    /** Whether it is known when the collection was created, and so the name of its first segment. */
    boolean known() {
        return info.isPresent();
    }

    Instant created() {
        return info.map(CollectionInfo::created).orElse(Instant.EPOCH);
    }

    /** The name of the collection, or empty. */
    String name() {
        return info.map(CollectionInfo::name).orElse("");
    }

    boolean called(String wanted) {
        return wanted.equals(id) || wanted.equals(name());
    }
}
