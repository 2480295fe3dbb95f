package org.seawall.filesystem.common;

import java.io.IOException;

/** The buckets of a store. Safe for use by several threads; called on the file system's own threads. */
@FunctionalInterface
public interface Buckets {
    /**
     * Gives a bucket to use, without asking the store whether it exists.
     *
     * @param name its name
     * @return the bucket
     * @throws IOException if the name cannot be one, or there is no client for the store; tells what to mend
     */
    Bucket bucket(String name) throws IOException;
}
