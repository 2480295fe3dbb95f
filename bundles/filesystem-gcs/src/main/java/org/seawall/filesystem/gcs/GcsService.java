package org.seawall.filesystem.gcs;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.filesystem.common.ShownProperties;
import org.seawall.spi.filesystem.FileSystem;

/**
 * Registers the file system of one configuration, and tells it what is changed; it stays registered meanwhile.
 *
 * <p>The component is no service itself, since its properties, secrets among them, would be the service's, for all to see.
 */
@Component(
        service = {},
        configurationPid = "org.seawall.filesystem.gcs",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = GcsConfiguration.class, factory = true)
@Capability(
        namespace = "osgi.service",
        attribute = {
            "objectClass:List<String>=\"org.seawall.spi.filesystem.FileSystem\"",
            "uses:=\"org.seawall.spi.filesystem\""
        })
public final class GcsService {

    /** The schemes of the locations. */
    static final Set<String> SCHEMES = Set.of("gcs", "gs");

    /** What is not told to everybody. */
    static final Set<String> SECRETS = Set.of("keyJson", "customerKey", "proxyPassword");

    /** What the service tells. */
    static final ShownProperties SHOWN = new ShownProperties(SCHEMES, SECRETS);

    private final GcsFileSystem files;
    private final ServiceRegistration<FileSystem> registration;

    /**
     * The component.
     *
     * @param configuration what the operator set
     * @param properties the same, with what the container adds
     * @param context of this bundle
     * @throws IllegalArgumentException if a value cannot be one; says which, and what is expected
     */
    @Activate
    public GcsService(GcsConfiguration configuration, Map<String, Object> properties, BundleContext context) {
        this.files = new GcsFileSystem(configuration);
        this.registration = context.registerService(FileSystem.class, files, SHOWN.of(properties));
    }

    /** From the next request on another configuration holds; if it is refused, the one before stays. */
    @Modified
    void change(GcsConfiguration configuration, Map<String, Object> properties) {
        files.change(configuration);
        registration.setProperties(SHOWN.of(properties));
    }

    /** Takes the file system away, lets requests that are under way end for a while, and ends connections and threads. */
    @Deactivate
    void stop() {
        registration.unregister();
        files.close();
    }
}
