package org.seawall.filesystem.s3;

import java.net.URI;
import org.seawall.core.Cloud;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A server of S3. */
public final class S3Cloud implements Cloud {
    private final VersityServer server = VersityServer.running();

    @Override
    public URI endpoint() {
        return server.endpoint();
    }

    @Override
    public Location bucket() {
        return Location.parse("s3://" + server.bucket());
    }

    @Override
    public FileSystem open(URI endpoint) {
        return server.configuration().with("endpoint", endpoint.toString()).open();
    }
}
