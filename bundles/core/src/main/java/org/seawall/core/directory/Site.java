package org.seawall.core.directory;

import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;

/**
 * A place that is up: locked, and the storage that it is taken for.
 *
 * @param place as the catalog has it
 * @param root the directory of the collections
 * @param session what the collections there are read and written with
 */
public record Site(Place place, Location root, Session session) {
    /**
     * Whether nothing but the names of segments keeps other processes away.
     *
     * @return true where there are no locks
     */
    public boolean shared() {
        return !session.backend().fileSystem().capabilities().contains(Capability.LOCK);
    }

    Site reading(Reading reading) {
        return new Site(place, root, session.reading(reading));
    }
}
