package org.seawall.filesystem.gcs;

import com.google.api.client.http.HttpTransport;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.BlobWriteSessionConfigs;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The SDK under one configuration. Its connections end when it is retired and the last request on it has finished. */
final class GcsClient {

    static final int PART_BYTES = 8 << 20;
    /** The SDK looks for a project on the network if it is given none, though requests for objects have no place for it. */
    private static final String NO_PROJECT = "none";

    private final GcsSettings settings;
    private final HttpTransport http;
    private final Optional<GcsTokens> tokens;
    private final Storage storage;
    private int users;
    private boolean retired;

    GcsClient(GcsSettings settings) {
        this.settings = settings;
        this.http = GcsTransport.of(settings.http());
        this.tokens = GcsCredentials.of(settings.access(), () -> http);
        this.storage = storage();
    }

    private Storage storage() {
        String project = settings.access().project();
        return StorageOptions.http()
                .setHost(settings.access().endpoint())
                .setProjectId(project.isEmpty() ? NO_PROJECT : project)
                .setCredentials(tokens.<Credentials>map(there -> there).orElseGet(NoCredentials::getInstance))
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(() -> http)
                        .setConnectTimeout(settings.http().connectMillis())
                        .setReadTimeout(settings.http().readMillis())
                        .build())
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .setStorageRetryStrategy(new OneAttempt())
                .setBlobWriteSessionConfig(BlobWriteSessionConfigs.getDefault().withChunkSize(PART_BYTES))
                .setHeaderProvider(FixedHeaderProvider.create("user-agent", "seawall-filesystem-gcs"))
                .build()
                .getService();
    }

    /** Fetches a token if there is none that serves, so that no request fails for want of one. */
    void authorize() throws IOException {
        if (tokens.isPresent()) {
            tokens.get().ready();
        }
    }

    Storage sdk() {
        return storage;
    }

    ObjectSettings objects() {
        return settings.objects();
    }

    synchronized void enter() {
        users++;
    }

    synchronized void leave() {
        users--;
        endIfUnused();
    }

    synchronized void retire() {
        retired = true;
        endIfUnused();
    }

    private void endIfUnused() {
        if (retired && users == 0) {
            end();
        }
    }

    /** Ends the connections, and by that the requests that are under way. */
    void end() {
        try {
            http.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "connections do not end, endpoint=" + settings.access().endpoint(), e);
        }
    }
}
