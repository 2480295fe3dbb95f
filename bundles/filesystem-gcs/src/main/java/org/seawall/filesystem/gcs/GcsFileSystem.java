package org.seawall.filesystem.gcs;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.filesystem.common.Confined;
import org.seawall.filesystem.common.ObjectFileSystem;
import org.seawall.filesystem.common.Pace;
import org.seawall.filesystem.common.Retries;
import org.seawall.filesystem.common.RetrySettings;
import org.seawall.filesystem.common.StoreCalls;
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

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final GcsClients clients;
    private final Confined threads;

    /**
     * The component.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value cannot be one; says which, and what is expected
     */
    @Activate
    public GcsFileSystem(GcsConfiguration configuration) {
        this(configuration, new GcsClients(GcsSettings.of(configuration)));
    }

    private GcsFileSystem(GcsConfiguration configuration, GcsClients clients) {
        this(configuration, clients, threads(configuration));
    }

    private GcsFileSystem(GcsConfiguration configuration, GcsClients clients, Confined threads) {
        super(
                new GcsBuckets(clients),
                new StoreCalls(threads, new Retries(retries(configuration), Pace.MACHINE)),
                configuration.probe());
        this.clients = clients;
        this.threads = threads;
    }

    private static Confined threads(GcsConfiguration configuration) {
        return new Confined(
                "seawall-filesystem-gcs", configuration.connections(), GRACE, GcsFileSystem.class.getClassLoader());
    }

    private static RetrySettings retries(GcsConfiguration configuration) {
        return new RetrySettings(
                configuration.attempts(),
                Duration.ofMillis(configuration.retryDelayMillis()),
                Duration.ofMillis(configuration.retryDelayMaxMillis()),
                Duration.ofMillis(configuration.callTimeoutMillis()),
                configuration.retryBudget());
    }

    /** From the next request on another configuration holds; what is refused leaves the one before. */
    @Modified
    void modified(GcsConfiguration configuration) {
        clients.change(GcsSettings.of(configuration));
    }

    /** Lets calls under way finish for a while, and ends threads and connections. */
    @Deactivate
    public void close() {
        threads.close();
        clients.close();
    }
}
