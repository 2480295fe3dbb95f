package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.util.Map;
import org.seawall.filesystem.common.Bucket;

/** The SDK under a configuration, without the file system over it. */
record TestClients(GcsClients clients, GcsBuckets buckets) implements AutoCloseable {

    static TestClients of(String endpoint, Map<String, ?> values) {
        return of(TestConfiguration.anonymous(endpoint, values));
    }

    static TestClients of(GcsConfiguration configuration) {
        GcsClients clients = new GcsClients(GcsSettings.of(configuration));
        return new TestClients(clients, new GcsBuckets(clients));
    }

    Bucket bucket(String name) throws IOException {
        return buckets.bucket(name);
    }

    @Override
    public void close() {
        clients.close();
    }
}
