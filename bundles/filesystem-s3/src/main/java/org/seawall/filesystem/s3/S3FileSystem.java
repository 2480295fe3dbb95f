package org.seawall.filesystem.s3;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.filesystem.common.ObjectFileSystem;
import org.seawall.spi.filesystem.FileSystem;

/** Files as objects on S3. What it can do and how writes are settled is said at {@link ObjectFileSystem}. */
@Component(
        service = FileSystem.class,
        configurationPid = "org.seawall.filesystem.s3",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = S3Configuration.class, factory = true)
@Schemes(schemes = {"s3", "s3a"})
public final class S3FileSystem extends ObjectFileSystem {

    private final S3Store store;

    /**
     * The component. Asks the store for nothing, and begins no thread.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value is none of those that are allowed; names it
     */
    @Activate
    public S3FileSystem(S3Configuration configuration) {
        this(new S3Store(S3Settings.of(configuration)));
    }

    private S3FileSystem(S3Store store) {
        super(store::bucket, store.calls(), store::probes);
        this.store = store;
    }

    /**
     * Changes everything that is configured, credentials too, from the next request on. Files that are open stay so.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value is none of those that are allowed; nothing changes then
     */
    @Modified
    void change(S3Configuration configuration) {
        store.change(S3Settings.of(configuration));
    }

    /** Lets requests that are under way end, for ten seconds at most, and closes connections and threads. */
    @Deactivate
    void stop() {
        store.close();
    }
}
