package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

@OnCloud(Cloud.S3)
class S3Test extends CloudTest {
    private final Store store;

    S3Test(Store store) {
        this.store = store;
    }

    @Override
    URI endpoint() {
        return store.server().endpoint();
    }

    @Override
    Location bucket() throws IOException {
        return store.server().place();
    }

    @Override
    Map<String, Object> configuration(URI endpoint) {
        return store.server().settings(endpoint);
    }

    @Override
    Map<String, Object> rotated(URI endpoint) {
        return store.server().rotated(endpoint);
    }

    @Override
    String component() {
        return Cloud.S3.component();
    }

    @Override
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        return store.open(configuration(endpoint));
    }
}
