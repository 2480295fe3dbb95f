package org.seawall.filesystem.s3;

import org.seawall.filesystem.common.ObjectFileSystem;

/** Files as objects on S3. What it can do and how writes are settled is said at {@link ObjectFileSystem}. */
public final class S3FileSystem extends ObjectFileSystem {

    private final S3Store store;

    /**
     * A file system as configured. Asks the store for nothing, and begins no thread.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value is none of those that are allowed; names it
     */
    public S3FileSystem(S3Configuration configuration) {
        this(new S3Store(S3Settings.of(configuration)));
    }

    private S3FileSystem(S3Store store) {
        super(store::bucket, store.calls(), store::probes);
        this.store = store;
    }

    /**
     * Changes everything that is configured but the endpoint, credentials too, from the next request on. Files that are open stay so.
     *
     * @param configuration what the operator set
     * @return false if it is of another endpoint, whose files are not these; nothing changes then
     * @throws IllegalArgumentException if a value is none of those that are allowed; nothing changes then
     */
    boolean change(S3Configuration configuration) {
        return store.change(S3Settings.of(configuration));
    }

    /** Lets requests that are under way end, for ten seconds at most, and closes connections and threads. */
    void stop() {
        store.close();
    }
}
