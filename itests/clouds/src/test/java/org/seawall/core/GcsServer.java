package org.seawall.core;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.seawall.filesystem.gcs.FakeGcs;
import org.seawall.spi.filesystem.Location;

/** fake-gcs-server. */
record GcsServer(FakeGcs server) implements Server, Closeable {
    @Override
    public URI endpoint() {
        return URI.create(server.endpoint());
    }

    @Override
    public Map<String, Object> settings(URI endpoint) {
        return Map.of("endpoint", endpoint.toString(), "credentials", "anonymous");
    }

    /** The server does not look. */
    @Override
    public Map<String, Object> rotated(URI endpoint) {
        return settings(endpoint);
    }

    @Override
    public Location place() throws IOException {
        String name = "seawall-" + UUID.randomUUID();
        server.makeBucket(name);
        return Location.parse("gcs://" + name);
    }

    @Override
    public void close() {
        server.close();
    }
}
