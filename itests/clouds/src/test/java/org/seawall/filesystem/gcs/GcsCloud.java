package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.seawall.core.Cloud;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A server of Google Cloud Storage. */
public final class GcsCloud implements Cloud {
    private final FakeGcs server;

    /** One that is running. */
    public GcsCloud(FakeGcs server) {
        this.server = server;
    }

    @Override
    public URI endpoint() {
        return URI.create(server.endpoint());
    }

    @Override
    public Location bucket() throws IOException {
        String name = "seawall-" + UUID.randomUUID();
        server.makeBucket(name);
        return Location.parse("gcs://" + name);
    }

    @Override
    public FileSystem open(URI endpoint) {
        Map<String, Object> set = Map.of("endpoint", endpoint.toString(), "credentials", "anonymous");
        return new GcsFileSystem((GcsConfiguration) Proxy.newProxyInstance(
                GcsCloud.class.getClassLoader(),
                new Class<?>[] {GcsConfiguration.class},
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
