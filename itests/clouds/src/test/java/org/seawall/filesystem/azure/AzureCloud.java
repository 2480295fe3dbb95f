package org.seawall.filesystem.azure;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.seawall.core.Cloud;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A server of Azure Blob Storage. */
public final class AzureCloud implements Cloud {
    private final Azurite server;

    /** One that is running. */
    public AzureCloud(Azurite server) {
        this.server = server;
    }

    @Override
    public URI endpoint() {
        return URI.create(server.endpoint());
    }

    @Override
    public Location bucket() throws IOException {
        String name = "seawall-" + UUID.randomUUID();
        server.makeContainer(name);
        return Location.parse("adls://" + name);
    }

    @Override
    public FileSystem open(URI endpoint) {
        String account = endpoint.getPath().isEmpty() ? endpoint + "/" + Azurite.ACCOUNT : endpoint.toString();
        Map<String, Object> set = Map.of("endpoint", account, "credentials", "accountKey", "accountKey", Azurite.KEY);
        AzureConfiguration configuration = (AzureConfiguration) Proxy.newProxyInstance(
                AzureCloud.class.getClassLoader(),
                new Class<?>[] {AzureConfiguration.class},
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
        return AzureFileSystem.of(configuration, Map.of());
    }
}
