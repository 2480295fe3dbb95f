package org.seawall.core.catalog;

import org.seawall.core.directory.Directories;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.Location;

/**
 * What a catalog is read and written with.
 *
 * @param log the log's name, for messages
 * @param catalog writes the catalog
 * @param catalogRoot where the catalog is
 * @param directories where the collections are
 * @param settings what a collection may override
 * @param operationsPerSnapshot after how many changes the catalog is snapshot
 */
public record CatalogSession(
        String log,
        Session catalog,
        Location catalogRoot,
        Directories directories,
        CollectionSettings settings,
        int operationsPerSnapshot) {

    /** The same with other settings. */
    CatalogSession with(CollectionSettings others, int operations) {
        return new CatalogSession(log, catalog, catalogRoot, directories, others, operations);
    }

    /** The same with other services for the catalog, there or elsewhere. */
    CatalogSession with(CatalogPlace next) {
        return new CatalogSession(log, next.session(), next.root(), directories, settings, operationsPerSnapshot);
    }

    /**
     * Where the catalog is.
     *
     * @return the place
     */
    public CatalogPlace place() {
        return new CatalogPlace(catalog, catalogRoot);
    }
}
