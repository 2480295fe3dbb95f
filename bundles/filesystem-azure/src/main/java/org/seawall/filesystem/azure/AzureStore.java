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

    private final AzureSettings settings;
    private final HttpThreads http = new HttpThreads();
    private final BlobTransport transport;
    private final PartThreads blocks;
    private final Map<String, AzureBucket> buckets = new ConcurrentHashMap<>();
    private volatile AzureIdentity identity;

    AzureStore(AzureSettings settings, AzureIdentity identity, Retries retries) {
        this.settings = settings;
        this.identity = identity;
        this.transport = new BlobTransport(http, settings.http());
        this.blocks = new PartThreads(settings.objects().parallelism(), retries);
    }

    /** Signs what is sent from now on with other credentials. */
    void change(AzureIdentity credentials) {
        identity = credentials;
    }

    @Override
    public Bucket bucket(String name) throws IOException {
        return azureBucket(name);
    }

    AzureBucket azureBucket(String name) throws IOException {
        AzureBucket known = buckets.get(name);
        if (known != null) {
            return known;
        }
        AzureBucket made;
        try {
            made = made(AzureLocation.of(name));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage() + ", location=" + name, e);
        }
        AzureBucket first = buckets.putIfAbsent(name, made);
        return first == null ? made : first;
    }

    private AzureBucket made(AzureLocation location) throws IOException {
        AzureAccount account = account(location);
        return new AzureBucket(
                client(account, location.container()),
                settings.objects(),
                blocks,
                new AzureExceptions(account.name(), location.container()));
    }

    private AzureAccount account(AzureLocation location) throws IOException {
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

    private BlobContainerClient client(AzureAccount account, String container) {
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
