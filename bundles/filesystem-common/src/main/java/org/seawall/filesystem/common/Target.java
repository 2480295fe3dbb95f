package org.seawall.filesystem.common;

import org.seawall.spi.filesystem.Location;

/**
 * What is to be written.
 *
 * @param location as the caller knows it, for messages
 * @param bucket where it is
 * @param key its key there
 */
record Target(Location location, Bucket bucket, String key) {
    /** What the keys beside this one begin with. */
    String siblings() {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }
}
