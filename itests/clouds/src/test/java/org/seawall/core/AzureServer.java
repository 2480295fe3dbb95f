package org.seawall.core;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.seawall.filesystem.azure.Azurite;
import org.seawall.spi.filesystem.Location;

/** Azurite. */
record AzureServer(Azurite server) implements Server, Closeable {
    @Override
    public URI endpoint() {
        return URI.create(server.endpoint());
    }

    /** The path of an emulator's endpoint is the account. */
    @Override
    public Map<String, Object> settings(URI endpoint) {
        String account = endpoint.getPath().isEmpty() ? endpoint + "/" + Azurite.ACCOUNT : endpoint.toString();
        return Map.of("endpoint", account, "credentials", "accountKey", "accountKey", Azurite.KEY);
    }

    @Override
    public Map<String, Object> rotated(URI endpoint) {
        Map<String, Object> set = new HashMap<>(settings(endpoint));
        set.put("accountKey", Azurite.SECOND_KEY);
        return set;
    }

    @Override
    public Location place() throws IOException {
        String name = "seawall-" + UUID.randomUUID();
        server.makeContainer(name);
        return Location.parse("adls://" + name);
    }

    @Override
    public void close() {
        server.close();
    }
}
