package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

@OnCloud(Cloud.AZURE)
class AzureTest extends CloudTest {
    private final Store store;

    AzureTest(Store store) {
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

    /** Whether the log is in blobs that grow, as it is by itself, or in one for each commit. */
    boolean appendBlobs() {
        return true;
    }

    @Override
    Map<String, Object> configuration(URI endpoint) {
        return with(store.server().settings(endpoint));
    }

    @Override
    Map<String, Object> rotated(URI endpoint) {
        return with(store.server().rotated(endpoint));
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> set = new HashMap<>(settings);
        set.put("appendBlobs", appendBlobs());
        return set;
    }

    @Override
    String component() {
        return Cloud.AZURE.component();
    }

    @Override
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        return store.open(configuration(endpoint));
    }
}
