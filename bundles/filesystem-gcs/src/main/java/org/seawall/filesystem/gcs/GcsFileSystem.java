package org.seawall.filesystem.gcs;

import org.seawall.filesystem.common.ObjectFileSystem;

/**
 * Files on Google Cloud Storage: whole objects, created if absent or replaced by generation. Nothing is asked of the store
 * before the first call.
 */
public final class GcsFileSystem extends ObjectFileSystem {

    private final GcsStore store;

    /**
     * The file system of one configuration.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value cannot be one; says which, and what is expected
     */
    public GcsFileSystem(GcsConfiguration configuration) {
        this(new GcsStore(GcsSettings.of(configuration)));
    }

    private GcsFileSystem(GcsStore store) {
        super(store::bucket, store.calls(), store::probes);
        this.store = store;
    }

    /**
     * Changes everything that is configured but the endpoint, credentials too, from the next request on. Files that are open stay so.
     *
     * @param configuration what the operator set
     * @return false if it is of another endpoint, whose files are not these; nothing changes then
     * @throws IllegalArgumentException if a value cannot be one; nothing changes then
     */
    public boolean change(GcsConfiguration configuration) {
        return store.change(GcsSettings.of(configuration));
    }

    /** Lets requests that are under way end, for ten seconds at most, and closes connections and threads. */
    public void close() {
        store.close();
    }
}
