package org.seawall.filesystem.s3;

import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.filesystem.common.Registered;
import org.seawall.filesystem.common.ShownProperties;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.ProvidesFileSystem;

/**
 * Registers the file system of one configuration, and tells it what is changed; it stays registered meanwhile. Another endpoint is
 * another storage, and so another service.
 *
 * <p>Without a configuration there is none: before its file is read it would be the provider's own store, under the credentials of the
 * machine, and a log could be opened there.
 *
 * <p>The component is no service itself, since its properties, secrets among them, would be the service's, for all to see.
 */
@Component(
        service = {},
        configurationPid = "org.seawall.filesystem.s3",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = S3Configuration.class, factory = true)
@ProvidesFileSystem(
        schemes = {"s3", "s3a"},
        capabilities = {
            Capability.CREATE_EXCLUSIVE,
            Capability.CONDITIONAL_REPLACE,
            Capability.STRONG_LIST,
            Capability.RANGE_READ
        })
@org.osgi.annotation.bundle.Capability(
        namespace = "osgi.service",
        attribute = {
            "objectClass:List<String>=\"org.seawall.spi.filesystem.FileSystem\"",
            "uses:=\"org.seawall.spi.filesystem\""
        })
public final class S3Service {

    /** The schemes of the locations. */
    static final Set<String> SCHEMES = Set.of("s3", "s3a");

    /** What is not told to everybody. */
    static final Set<String> SECRETS = Set.of("accessKey", "secretKey", "sessionToken", "customerKey", "proxyPassword");

    /** What the service tells. */
    static final ShownProperties SHOWN = new ShownProperties(SCHEMES, SECRETS);

    private final Registered<S3FileSystem> registered;

    /**
     * The component. Asks the store for nothing, and begins no thread.
     *
     * @param configuration what the operator set
     * @param properties the same, with what the container adds
     * @param context of this bundle
     */
    @Activate
    public S3Service(S3Configuration configuration, Map<String, Object> properties, BundleContext context) {
        this.registered = new Registered<>(context, SHOWN, S3FileSystem::stop);
        change(configuration, properties);
    }

    /** From the next request on another configuration holds; if it is refused, the one before stays, and the log says why. */
    @Modified
    void change(S3Configuration configuration, Map<String, Object> properties) {
        registered.configure(properties, files -> files.change(configuration), () -> new S3FileSystem(configuration));
    }

    /** Takes the file system away, lets requests that are under way end for a while, and ends connections and threads. */
    @Deactivate
    void stop() {
        registered.stop();
    }
}
