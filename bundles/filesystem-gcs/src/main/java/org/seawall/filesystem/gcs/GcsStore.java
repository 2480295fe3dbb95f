package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.time.Duration;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Confined;
import org.seawall.filesystem.common.Pace;
import org.seawall.filesystem.common.Retries;
import org.seawall.filesystem.common.StoreCalls;

/**
 * What belongs to one configuration: threads, retries, the SDK. All of it can be changed while requests go on; what is under way
 * ends as it began. Nothing is sent, and no thread runs, before the first request.
 */
final class GcsStore implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Confined threads;
    private final Retries retries;
    private final GcsClients clients;
    private final GcsBuckets buckets;
    private volatile GcsSettings settings;

    GcsStore(GcsSettings settings) {
        this.settings = settings;
        this.threads = new Confined(
                "seawall-filesystem-gcs", settings.http().connections(), GRACE, GcsStore.class.getClassLoader());
        this.retries = new Retries(settings.calls().retries(), Pace.MACHINE);
        this.clients = new GcsClients(settings);
        this.buckets = new GcsBuckets(clients);
    }

    StoreCalls calls() {
        return new StoreCalls(threads, retries);
    }

    Bucket bucket(String name) throws IOException {
        return buckets.bucket(name);
    }

    boolean probes(String bucket) {
        return settings.calls().probes(bucket);
    }

    /** Takes effect at the next request, unless it is of another endpoint. */
    synchronized boolean change(GcsSettings next) {
        if (!next.access().endpoint().equals(settings.access().endpoint())) {
            return false;
        }
        settings = next;
        retries.change(next.calls().retries());
        threads.resize(next.http().connections());
        clients.change(next);
        return true;
    }

    /** Lets requests that are under way end, for a while. */
    @Override
    public void close() {
        threads.close();
        clients.close();
    }
}
