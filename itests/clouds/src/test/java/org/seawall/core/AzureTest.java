package org.seawall.core;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.azure.Azurite;
import org.seawall.filesystem.azure.AzuriteExtension;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

@ExtendWith(AzuriteExtension.class)
class AzureTest extends CloudTest {
    private static final String PACKAGE = "org.seawall.filesystem.azure.";

    private final Azurite server;
    private final PackedBundle bundle;

    AzureTest(Azurite server) throws IOException {
        this.server = server;
        this.bundle = PackedBundle.of(PACKAGE + "AzureFileSystem");
    }

    @Override
    URI endpoint() {
        return URI.create(server.endpoint());
    }

    @Override
    Location bucket() throws IOException {
        String name = "seawall-" + UUID.randomUUID();
        server.makeContainer(name);
        return Location.parse("adls://" + name);
    }

    /** Whether the log is in blobs that grow, as it is by itself, or in one for each commit. */
    boolean appendBlobs() {
        return true;
    }

    /** The path of an emulator's endpoint is the account. */
    @Override
    Map<String, Object> configuration(URI endpoint) {
        String account = endpoint.getPath().isEmpty() ? endpoint + "/" + Azurite.ACCOUNT : endpoint.toString();
        return Map.of(
                "endpoint",
                account,
                "credentials",
                "accountKey",
                "accountKey",
                Azurite.KEY,
                "appendBlobs",
                appendBlobs());
    }

    @Override
    Map<String, Object> rotated(URI endpoint) {
        Map<String, Object> set = new HashMap<>(configuration(endpoint));
        set.put("accountKey", Azurite.SECOND_KEY);
        return set;
    }

    @Override
    String component() {
        return PACKAGE + "AzureService";
    }

    @Override
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        Map<String, Object> set = configuration(endpoint);
        Class<?> annotation = bundle.classes().loadClass(PACKAGE + "AzureConfiguration");
        Method of =
                bundle.classes().loadClass(PACKAGE + "AzureFileSystem").getDeclaredMethod("of", annotation, Map.class);
        of.setAccessible(true);
        return (FileSystem) of.invoke(null, bundle.configuration(annotation.getName(), set), Map.of());
    }
}
