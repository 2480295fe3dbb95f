package org.seawall.core.catalog;

import java.io.IOException;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * A directory that a catalog is in, or may be, with what it is read and written with.
 *
 * @param session reads and writes
 * @param root the directory
 */
public record CatalogPlace(Session session, Location root) {
    LogLayout layout() {
        return LogLayout.catalog(root);
    }

    FileSystem files() {
        return session.backend().fileSystem();
    }

    MoveMark mark() {
        return new MoveMark(files(), root);
    }

    /** Whether others may write to it too. */
    boolean shared() {
        return !files().capabilities().contains(Capability.LOCK);
    }

    /** Whether a catalog is here, or a part of one. */
    boolean holdsOne() throws IOException {
        return layout().isIn(files());
    }

    /**
     * Reads the catalog, which is empty if there is none.
     *
     * @throws SeawallException if it cannot be read
     */
    BatchLog open() {
        return opened(BatchLog.open(session, layout()));
    }

    /** What was opened here. */
    BatchLog opened(Opening opening) {
        if (opening instanceof Opening.Refused refused) {
            if (refused.cause() instanceof SeawallException cause) {
                throw cause;
            }
            throw new LogUnavailableException(
                    "catalog cannot be read, catalog=" + root + ": "
                            + refused.report().detail(),
                    refused.cause());
        }
        return ((Opening.Opened) opening).log();
    }
}
