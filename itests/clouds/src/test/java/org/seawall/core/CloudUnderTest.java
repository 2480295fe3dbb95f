package org.seawall.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A real server of an object store, and the bundle that speaks with it. */
abstract class CloudUnderTest {

    static {
        LogLines.silence();
    }

    /** Where the server is. */
    abstract URI endpoint();

    /** The same for what lets requests go through a proxy, which speaks no TLS. */
    final URI plainEndpoint() {
        assumeTrue("http".equals(endpoint().getScheme()), "a proxy needs a server of plain HTTP");
        return endpoint();
    }

    /** An empty bucket of its own. */
    abstract Location bucket() throws IOException;

    /** A file system that reaches the server at an endpoint, which may be that of a proxy. */
    abstract FileSystem open(URI endpoint) throws ReflectiveOperationException;

    /** What is configured to reach the server at an endpoint. */
    abstract Map<String, Object> configuration(URI endpoint);

    /** The same with other credentials, which are good, too; where the server looks at them. */
    abstract Map<String, Object> rotated(URI endpoint);

    /** The class of the component that is configured so. */
    abstract String component();

    String store() {
        return getClass().getSimpleName();
    }
}
