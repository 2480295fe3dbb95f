package org.seawall.core.catalog;

import org.seawall.LogUnavailableException;
import org.seawall.spi.filesystem.Location;

/** A catalog is not in this place any more. */
public final class CatalogMovedException extends LogUnavailableException {
    private static final long serialVersionUID = 1L;

    private final transient Location to;

    CatalogMovedException(Location from, Location to) {
        super("catalog was moved, configure the place where it is, or begin another log elsewhere, catalog.url=" + to
                + ", before=" + from);
        this.to = to;
    }

    /**
     * Where it went.
     *
     * @return the place
     */
    public Location to() {
        return to;
    }
}
