package org.seawall.core;

import java.io.IOException;
import java.net.URI;
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
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        return store.open(endpoint);
    }
}
