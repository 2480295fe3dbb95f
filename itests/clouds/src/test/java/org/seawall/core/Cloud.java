package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A real server of one kind of object store. */
public interface Cloud {
    /** Where it is. */
    URI endpoint();

    /** An empty bucket of its own. */
    Location bucket() throws IOException;

    /** A file system that reaches the server at an endpoint, which may be that of a proxy. */
    FileSystem open(URI endpoint);
}
