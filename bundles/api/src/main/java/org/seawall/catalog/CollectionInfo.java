package org.seawall.catalog;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A collection as the catalog holds it.
 *
 * @param id the id that the catalog gave it; a name that is dropped and created again gets a new one
 * @param spec what it is
 * @param created when it was created, in milliseconds
 * @param updated when its specification changed last, in milliseconds
 */
public record CollectionInfo(UUID id, CollectionSpec spec, Instant created, Instant updated) {
    /** Checks that all is there. */
    public CollectionInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(updated, "updated");
    }

    /**
     * The collection's name.
     *
     * @return the name that people and commands use
     */
    public String name() {
        return spec.name();
    }
}
