package org.seawall.filesystem.s3;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** The client of the SDK, made at the first request, and another one when how the store is reached has changed. */
final class S3Clients implements AutoCloseable {

    private final SwappedCredentials credentials;
    private S3Network network;
    private Optional<LeasedClient> current = Optional.empty();
    private boolean closed;

    S3Clients(S3Network network, SwappedCredentials credentials) {
        this.network = network;
        this.credentials = credentials;
    }

    /** What is done with a client. */
    @FunctionalInterface
    interface Use<T> {
        T with(S3Client client) throws IOException;
    }

    <T> T use(Use<T> use) throws IOException {
        LeasedClient leased = entered();
        try {
            return use.with(leased.client());
        } finally {
            leased.leave();
        }
    }

    private synchronized LeasedClient entered() throws IOException {
        if (closed) {
            throw new IOException("file system is closed");
        }
        if (current.isEmpty()) {
            current = Optional.of(new LeasedClient(S3ClientMaker.client(network, credentials)));
        }
        current.get().enter();
        return current.get();
    }

    /** Requests that are under way end as they began. */
    synchronized void change(S3Network next) {
        if (!next.same(network)) {
            network = next;
            current.ifPresent(LeasedClient::retire);
            current = Optional.empty();
        }
    }

    synchronized S3Network network() {
        return network;
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.ifPresent(LeasedClient::closeNow);
        current = Optional.empty();
    }
}
