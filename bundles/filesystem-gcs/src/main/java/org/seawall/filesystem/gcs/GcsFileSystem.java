package org.seawall.filesystem.gcs;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.filesystem.common.ObjectFileSystem;
import org.seawall.spi.filesystem.FileSystem;

/**
 * Files on Google Cloud Storage: whole objects, created if absent or replaced by generation. Nothing is asked of the store
 * before the first call.
 */
@Component(
        service = FileSystem.class,
        configurationPid = "org.seawall.filesystem.gcs",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = GcsConfiguration.class, factory = true)
@Schemes(schemes = {"gcs", "gs"})
public final class GcsFileSystem extends ObjectFileSystem {

    private final GcsStore store;

    /**
     * The component.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value cannot be one; says which, and what is expected
     */
    @Activate
    public GcsFileSystem(GcsConfiguration configuration) {
        this(new GcsStore(GcsSettings.of(configuration)));
    }

    private GcsFileSystem(GcsStore store) {
        super(store::bucket, store.calls(), store::probes);
        this.store = store;
    }

    /**
     * Changes everything that is configured, credentials too, from the next request on. Files that are open stay so.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value cannot be one; nothing changes then
     */
    @Modified
    void change(GcsConfiguration configuration) {
        store.change(GcsSettings.of(configuration));
    }

    /** Lets requests that are under way end, for ten seconds at most, and closes connections and threads. */
    @Deactivate
    void close() {
        store.close();
    }
}
