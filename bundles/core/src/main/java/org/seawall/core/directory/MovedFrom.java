package org.seawall.core.directory;

import org.seawall.core.engine.Crossing;

/**
 * Where a collection comes from that was moved, as the catalog has it as long as anything of it may be there.
 *
 * @param place the old place
 * @param crossing up to where it lies there
 * @param copied whether all of that is in the new place too, so that it is read there alone
 */
public record MovedFrom(Place place, Crossing crossing, boolean copied) {
    /**
     * The same when all is copied.
     *
     * @return what is to be removed from the old place
     */
    public MovedFrom whole() {
        return new MovedFrom(place, crossing, true);
    }
}
