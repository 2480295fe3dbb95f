package org.seawall.core;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.seawall.filesystem.s3.VersityServer;
import org.seawall.spi.filesystem.Location;

/** versitygw, as the bundle's own tests start it. */
record S3Server(VersityServer server) implements Server {
    @Override
    public URI endpoint() {
        return server.endpoint();
    }

    @Override
    public Map<String, Object> settings(URI endpoint) {
        Map<String, Object> set = new HashMap<>(VersityServer.KEYS);
        set.put("endpoint", endpoint.toString());
        return set;
    }

    @Override
    public Map<String, Object> rotated(URI endpoint) {
        Map<String, Object> set = settings(endpoint);
        set.putAll(server.otherAccount());
        return set;
    }

    @Override
    public Location place() {
        return Location.parse("s3://" + server.bucket());
    }
}
