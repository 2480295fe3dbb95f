package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.seawall.filesystem.s3.VersityServer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

class S3Test extends CloudTest {
    private static final String PACKAGE = "org.seawall.filesystem.s3.";

    private final VersityServer server = VersityServer.running();
    private final PackedBundle bundle;

    S3Test() throws IOException {
        this.bundle = PackedBundle.of(PACKAGE + "S3FileSystem");
    }

    @Override
    URI endpoint() {
        return server.endpoint();
    }

    @Override
    Location bucket() {
        return Location.parse("s3://" + server.bucket());
    }

    @Override
    Map<String, Object> configuration(URI endpoint) {
        Map<String, Object> set = new HashMap<>(VersityServer.KEYS);
        set.put("endpoint", endpoint.toString());
        return set;
    }

    @Override
    Map<String, Object> rotated(URI endpoint) {
        Map<String, Object> set = configuration(endpoint);
        set.putAll(server.otherAccount());
        return set;
    }

    @Override
    String component() {
        return PACKAGE + "S3Service";
    }

    @Override
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        Map<String, Object> set = configuration(endpoint);
        Class<?> annotation = bundle.classes().loadClass(PACKAGE + "S3Configuration");
        return (FileSystem) bundle.classes()
                .loadClass(PACKAGE + "S3FileSystem")
                .getDeclaredConstructor(annotation)
                .newInstance(bundle.configuration(annotation.getName(), set));
    }
}
