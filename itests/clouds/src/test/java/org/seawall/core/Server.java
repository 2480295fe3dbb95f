package org.seawall.core;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.seawall.spi.filesystem.Location;

/** What answers the requests: an emulator, or a provider under somebody's account. */
interface Server {
    /** Where it is; empty if that is the provider's affair. */
    URI endpoint();

    /** The settings with which it is reached, at its endpoint or at that of a proxy. */
    Map<String, Object> settings(URI endpoint);

    /** The same with other credentials, which are good, too, if there are any. */
    Map<String, Object> rotated(URI endpoint);

    /** An empty place of its own. */
    Location place() throws IOException;
}
