package org.seawall.filesystem.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.CustomerProvidedKey;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Buckets;
import org.seawall.filesystem.common.Retries;

/**
 * The containers of one configuration. A client is made when a container is first used. There is no policy for retries in its
 * pipeline: one request is one attempt.
 */
final class AzureStore implements Buckets, AutoCloseable {

    private final HttpThreads http = new HttpThreads();
    private final BlobTransport transport;
    private final PartThreads blocks;
    private volatile Made made;
    private volatile AzureIdentity identity;

    /** The containers that were used under the settings of a time. */
    private record Made(AzureSettings settings, Map<String, AzureBucket> buckets) {
        static Made under(AzureSettings settings) {
            return new Made(settings, new ConcurrentHashMap<>());
        }
    }

    AzureStore(AzureSettings settings, AzureIdentity identity, Retries retries) {
        this.made = Made.under(settings);
        this.identity = identity;
        this.transport = new BlobTransport(http, settings.http());
        this.blocks = new PartThreads(settings.objects().parallelism(), retries);
    }

    AzureSettings settings() {
        return made.settings();
    }

    boolean probes(String container) {
        return settings().calls().probes(container);
    }

    /** What is asked from now on is asked so, and signed with these credentials; what is open goes on in blocks of its size. */
    synchronized void change(AzureSettings next, AzureIdentity credentials) {
        identity = credentials;
        transport.change(next.http());
        blocks.resize(next.objects().parallelism());
        made = Made.under(next);
    }

    @Override
    public Bucket bucket(String name) throws IOException {
        return azureBucket(name);
    }

    AzureBucket azureBucket(String name) throws IOException {
        Made now = made;
        AzureBucket known = now.buckets().get(name);
        if (known != null) {
            return known;
        }
        AzureBucket opened;
        try {
            opened = opened(AzureLocation.of(name), now.settings());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage() + ", location=" + name, e);
        }
        AzureBucket first = now.buckets().putIfAbsent(name, opened);
        return first == null ? opened : first;
    }

    private AzureBucket opened(AzureLocation location, AzureSettings settings) throws IOException {
        AzureAccount account = account(location, settings);
        return new AzureBucket(
                client(account, location.container(), settings),
                settings.objects(),
                blocks,
                new AzureExceptions(account.name(), location.container()));
    }

    private static AzureAccount account(AzureLocation location, AzureSettings settings) throws IOException {
        Optional<AzureAccount> known = settings.place().known();
        if (known.isEmpty() && location.account().isEmpty()) {
            throw new IOException("no storage account is known, set account or endpoint, or name it in the location:"
                    + " abfss://container@account.dfs.core.windows.net/path, container=" + location.container());
        }
        if (known.isPresent() && location.account().isPresent()) {
            String configured = known.get().name();
            String named = location.account().get().name();
            if (!configured.equals(named)) {
                throw new IOException("location names another account than the configuration, configured=" + configured
                        + ", account=" + named + ", container=" + location.container());
            }
        }
        return known.or(location::account).orElseThrow();
    }

    private BlobContainerClient client(AzureAccount account, String container, AzureSettings settings) {
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(transport)
                .policies(new AddDatePolicy(), new AuthenticationPolicy(() -> login(account), transport))
                .build();
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .pipeline(pipeline)
                .endpoint(account.endpoint())
                .containerName(container);
        AzureSettings.Encryption encryption = settings.objects().encryption();
        if (!encryption.scope().isEmpty()) {
            builder.encryptionScope(encryption.scope());
        }
        if (encryption.customerKey().isSet()) {
            account.requireHttps("customerKey");
            builder.customerProvidedKey(new CustomerProvidedKey(encryption.key()));
        }
        return builder.buildClient();
    }

    private Login login(AzureAccount account) {
        Login login = identity.login(account);
        if (login instanceof Login.Token) {
            account.requireHttps("tokens");
        }
        return login;
    }

    @Override
    public void close() {
        blocks.close();
        http.close();
    }
}
