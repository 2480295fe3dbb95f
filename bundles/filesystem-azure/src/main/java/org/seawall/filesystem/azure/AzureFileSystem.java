package org.seawall.filesystem.azure;

import java.time.Duration;
import java.util.Map;
import org.seawall.filesystem.common.Confined;
import org.seawall.filesystem.common.GrowingFileSystem;
import org.seawall.filesystem.common.Pace;
import org.seawall.filesystem.common.Retries;
import org.seawall.filesystem.common.StoreCalls;

/** Files in the containers of Azure Blob Storage. It asks the storage for nothing until it is used. */
final class AzureFileSystem extends GrowingFileSystem implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Parts parts;

    /** What a file system is made of, and is closed in the end. */
    private record Parts(AzureStore store, StoreCalls calls) {
        static Parts of(AzureSettings settings, AzureIdentity identity) {
            Retries retries = new Retries(settings.calls().retries(), Pace.MACHINE);
            Confined threads = new Confined(
                    "seawall-filesystem-azure",
                    settings.http().connections(),
                    GRACE,
                    AzureFileSystem.class.getClassLoader());
            return new Parts(new AzureStore(settings, identity, retries), new StoreCalls(threads, retries));
        }
    }

    AzureFileSystem(AzureSettings settings, AzureIdentity identity) {
        this(Parts.of(settings, identity));
    }

    private AzureFileSystem(Parts parts) {
        super(
                parts.store(),
                parts.calls(),
                parts.store()::probes,
                parts.store().settings().objects().sizes().appends());
        this.parts = parts;
    }

    /** A file system as configured. */
    static AzureFileSystem of(AzureConfiguration configuration, Map<String, String> environment) {
        return new AzureFileSystem(
                AzureSettings.of(configuration, environment), AzureIdentity.of(configuration, environment));
    }

    /**
     * Changes everything that is configured but account, endpoint and whether files grow, credentials too, from the next request
     * on. Files that are open stay so. False, and without an effect, if one of these three is another.
     */
    boolean change(AzureConfiguration configuration, Map<String, String> environment) {
        AzureSettings next = AzureSettings.of(configuration, environment);
        AzureSettings now = parts.store().settings();
        if (!next.place().same(now.place())
                || next.objects().sizes().appends() != now.objects().sizes().appends()) {
            return false;
        }
        parts.store().change(next, AzureIdentity.of(configuration, environment));
        parts.calls().retries().change(next.calls().retries());
        parts.calls().threads().resize(next.http().connections());
        return true;
    }

    /** Takes no more calls, lets those under way finish for a while, and ends all threads. May be repeated. */
    @Override
    public void close() {
        parts.calls().threads().close();
        parts.store().close();
    }
}
