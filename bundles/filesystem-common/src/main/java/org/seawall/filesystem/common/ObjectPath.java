package org.seawall.filesystem.common;

import org.seawall.spi.filesystem.Location;

/**
 * Where a location is in a store. Keys are taken literally, without decoding or folding.
 *
 * @param bucket the bucket
 * @param key the key of a file, or of a directory without the slash at its end; empty for the bucket itself
 */
public record ObjectPath(String bucket, String key) {

    /** What the names begin with that are a file system's own: never listed, refused as locations. */
    static final String OWN = ".seawall-";

    /**
     * Reads a location.
     *
     * @param location such as {@code s3://bucket/prefix/name}
     * @return the place in the store
     * @throws IllegalArgumentException if it names no bucket, or a part of the path is empty, {@code .}, {@code ..} or a name
     *     of this file system's own
     */
    public static ObjectPath of(Location location) {
        String path = location.path();
        int slash = path.indexOf('/', 2);
        String bucket = !path.startsWith("//") ? "" : slash < 0 ? path.substring(2) : path.substring(2, slash);
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "location names no bucket, expected=" + location.scheme() + "://bucket/path, location=" + location);
        }
        String key = slash < 0 ? "" : path.substring(slash + 1);
        if (!key.isEmpty()) {
            for (String part : key.split("/", -1)) {
                check(part, location);
            }
        }
        return new ObjectPath(bucket, key);
    }

    private static void check(String part, Location location) {
        if (part.isEmpty() || part.equals(".") || part.equals("..") || part.startsWith(OWN)) {
            throw new IllegalArgumentException("not a part of a location, part=" + part + ", location=" + location);
        }
    }

    /**
     * What the keys in this directory begin with.
     *
     * @return the key and a slash; empty for the bucket itself
     */
    public String prefix() {
        return key.isEmpty() ? "" : key + "/";
    }
}
