package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

@OnCloud(Cloud.GCS)
class GcsTest extends CloudTest {
    private final Store store;

    GcsTest(Store store) {
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
        return Cloud.GCS.component();
    }

    @Override
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        return store.open(configuration(endpoint));
    }
}
