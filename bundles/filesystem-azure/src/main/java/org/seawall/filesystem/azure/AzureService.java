package org.seawall.filesystem.azure;

import java.util.HashMap;
import java.util.List;
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
 * Registers the file system of one configuration, and changes it with the configuration: other credentials are given to the one
 * that is registered, any other change registers another one.
 *
 * <p>The component is no service itself, since its properties, secrets among them, would be the service's, for all to see.
 */
@Component(
        service = {},
        configurationPid = "org.seawall.filesystem.azure",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = AzureConfiguration.class, factory = true)
@Capability(
        namespace = "osgi.service",
        attribute = {
            "objectClass:List<String>=\"org.seawall.spi.filesystem.FileSystem\"",
            "uses:=\"org.seawall.spi.filesystem\""
        })
public final class AzureService {

    /** The schemes of the locations, shortest of tools first. */
    static final Set<String> SCHEMES = Set.of("adls", "abfs", "abfss", "az");

    /** What is not told to everybody. */
    static final Set<String> SECRETS =
            Set.of("accountKey", "sasToken", "connectionString", "clientSecret", "customerKey", "proxyPassword");

    /** What the service tells. */
    static final ShownProperties SHOWN = new ShownProperties(SCHEMES, SECRETS);

    /** What may change while the file system stays. */
    private static final Set<String> CREDENTIALS = Set.of(
            "credentials",
            "accountKey",
            "accountKeyFile",
            "sasToken",
            "sasTokenFile",
            "connectionString",
            "connectionStringFile",
            "clientId",
            "tenantId",
            "clientSecret",
            "clientSecretFile",
            "federatedTokenFile",
            "authority");

    private final BundleContext context;
    private Map<String, Object> rest;
    private AzureFileSystem files;
    private ServiceRegistration<FileSystem> registration;

    /**
     * The component.
     *
     * @param configuration what the operator set
     * @param properties the same, with what the container adds
     * @param context of this bundle
     * @throws IllegalArgumentException if a value is out of its range, or one is missing
     */
    @Activate
    public AzureService(AzureConfiguration configuration, Map<String, Object> properties, BundleContext context) {
        this.context = context;
        this.rest = rest(properties);
        this.files = AzureFileSystem.of(configuration, System.getenv());
        this.registration = register(files, properties);
    }

    private ServiceRegistration<FileSystem> register(AzureFileSystem made, Map<String, Object> properties) {
        return context.registerService(FileSystem.class, made, SHOWN.of(properties));
    }

    private static Map<String, Object> rest(Map<String, Object> properties) {
        Map<String, Object> rest = new HashMap<>();
        properties.forEach((name, value) -> {
            if (!CREDENTIALS.contains(name)) {
                rest.put(name, value instanceof Object[] many ? List.of(many) : value);
            }
        });
        return rest;
    }

    @Modified
    synchronized void change(AzureConfiguration configuration, Map<String, Object> properties) {
        AzureIdentity identity = AzureIdentity.of(configuration, System.getenv());
        AzureSettings next = AzureSettings.of(configuration, System.getenv());
        if (rest.equals(rest(properties)) && next.place().same(files.settings().place())) {
            files.change(identity);
            registration.setProperties(SHOWN.of(properties));
            return;
        }
        AzureFileSystem before = files;
        ServiceRegistration<FileSystem> registered = registration;
        files = new AzureFileSystem(next, identity);
        registration = register(files, properties);
        rest = rest(properties);
        registered.unregister();
        before.close();
    }

    @Deactivate
    synchronized void stop() {
        registration.unregister();
        files.close();
    }
}
