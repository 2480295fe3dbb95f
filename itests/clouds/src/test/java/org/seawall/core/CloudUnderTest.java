package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A real server of an object store, and the bundle that speaks with it. */
abstract class CloudUnderTest {

    /** Where the server is. */
    abstract URI endpoint();

    /** An empty bucket of its own. */
    abstract Location bucket() throws IOException;

    /** A file system that reaches the server at an endpoint, which may be that of a proxy. */
    abstract FileSystem open(URI endpoint) throws ReflectiveOperationException;

    String store() {
        return getClass().getSimpleName();
    }
}
