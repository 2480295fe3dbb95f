package org.seawall.filesystem.s3;

import java.time.Duration;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Confined;
import org.seawall.filesystem.common.Pace;
import org.seawall.filesystem.common.Retries;
import org.seawall.filesystem.common.StoreCalls;

/**
 * What belongs to one configuration: threads, client, credentials. All of it can be changed while requests go on; what is under
 * way ends as it began. Nothing is sent, and no thread runs, before the first request.
 */
final class S3Store implements AutoCloseable {

    private static final String THREADS = "seawall-filesystem-s3";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Confined threads;
    private final Confined partThreads;
    private final Retries retries;
    private final SwappedCredentials credentials;
    private final S3Clients clients;
    private volatile S3Settings settings;

    S3Store(S3Settings settings) {
        ClassLoader loader = S3Store.class.getClassLoader();
        this.settings = settings;
        this.threads = new Confined(THREADS, settings.network().connections(), GRACE, loader);
        this.partThreads = new Confined(THREADS + "-part", settings.writing().parallelism(), GRACE, loader);
        this.retries = new Retries(settings.retries(), Pace.MACHINE);
        this.credentials = new SwappedCredentials(source(settings));
        this.clients = new S3Clients(settings.network(), credentials);
    }

    private static CredentialSource source(S3Settings settings) {
        return new CredentialSource(
                settings.keys(), (role, asking) -> S3ClientMaker.roles(settings.network(), role, asking));
    }

    StoreCalls calls() {
        return new StoreCalls(threads, retries);
    }

    Bucket bucket(String name) {
        return new S3Bucket(name, clients, () -> settings.writing(), new S3Multipart(partThreads));
    }

    boolean probes(String bucket) {
        return settings.probes(bucket);
    }

    /** Takes effect at the next request, unless it is of another endpoint; the credentials are asked for anew also if they are as they were. */
    synchronized boolean change(S3Settings next) {
        if (!next.network().endpoint().equals(settings.network().endpoint())) {
            return false;
        }
        settings = next;
        retries.change(next.retries());
        threads.resize(next.network().connections());
        partThreads.resize(next.writing().parallelism());
        credentials.change(source(next));
        clients.change(next.network());
        return true;
    }

    /** Lets requests that are under way end, for a while. */
    @Override
    public void close() {
        threads.close();
        partThreads.close();
        clients.close();
        credentials.close();
    }
}
