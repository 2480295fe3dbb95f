package org.seawall.core;

import java.util.Optional;
import java.util.function.Function;
import org.seawall.LogUnavailableException;
import org.seawall.core.catalog.CatalogStart.Remembered;
import org.seawall.spi.filesystem.Location;

/**
 * What a log knows of places that its configuration does not name.
 *
 * @param remembered where its catalog was when it was last open
 * @param services tells what a catalog in some place would be read and written with; to be asked anew each time
 */
record Elsewhere(Optional<Remembered> remembered, Function<Location, Binding.Directory> services) {

    /** The services for a place are not there. */
    static final class MissingException extends LogUnavailableException {
        private static final long serialVersionUID = 1L;

        MissingException(String missing) {
            super(missing);
        }
    }

    /** Knows nothing. */
    static Elsewhere nothing() {
        return new Elsewhere(
                Optional.empty(),
                root -> Binding.Directory.without(
                        "waits for a file system for " + root.scheme() + ": to reach " + root));
    }

    /**
     * What a catalog in a place would be read and written with.
     *
     * @throws MissingException if that is not there
     */
    Binding.Services at(Location root) {
        Binding.Directory found = services.apply(root);
        return found.services().orElseThrow(() -> new MissingException(found.missing() + wayOut(root)));
    }

    private String wayOut(Location root) {
        return remembered
                .filter(last -> last.place().equals(root))
                .map(last -> ", where the catalog was last; for an empty log in the new place remove the file "
                        + last.file())
                .orElse("");
    }
}
