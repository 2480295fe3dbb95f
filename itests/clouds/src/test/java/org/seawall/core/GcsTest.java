package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.gcs.FakeGcs;
import org.seawall.filesystem.gcs.FakeGcsExtension;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

@ExtendWith(FakeGcsExtension.class)
class GcsTest extends CloudTest {
    private static final String PACKAGE = "org.seawall.filesystem.gcs.";

    private final FakeGcs server;
    private final PackedBundle bundle;

    GcsTest(FakeGcs server) throws IOException {
        this.server = server;
        this.bundle = PackedBundle.of(PACKAGE + "GcsFileSystem");
    }

    @Override
    URI endpoint() {
        return URI.create(server.endpoint());
    }

    @Override
    Location bucket() throws IOException {
        String name = "seawall-" + UUID.randomUUID();
        server.makeBucket(name);
        return Location.parse("gcs://" + name);
    }

    @Override
    Map<String, Object> configuration(URI endpoint) {
        return Map.of("endpoint", endpoint.toString(), "credentials", "anonymous");
    }

    /** The server does not look. */
    @Override
    Map<String, Object> rotated(URI endpoint) {
        return configuration(endpoint);
    }

    @Override
    String component() {
        return PACKAGE + "GcsService";
    }

    @Override
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        Map<String, Object> set = configuration(endpoint);
        Class<?> annotation = bundle.classes().loadClass(PACKAGE + "GcsConfiguration");
        return (FileSystem) bundle.classes()
                .loadClass(PACKAGE + "GcsFileSystem")
                .getDeclaredConstructor(annotation)
                .newInstance(bundle.configuration(annotation.getName(), set));
    }
}
