package org.seawall.filesystem.gcs;

import java.net.URI;
import java.util.Optional;
import org.seawall.filesystem.common.Range;

/**
 * The connections to the store.
 *
 * @param connections how many at most
 * @param connectMillis until a connection has to be there
 * @param readMillis that the store may be silent
 * @param proxy between here and the store
 */
record HttpSettings(int connections, int connectMillis, int readMillis, Optional<Proxy> proxy) {

    /** A proxy, and who it knows us as. */
    record Proxy(String host, int port, String user, Secret password) {
        private static final int DEFAULT_PORT = 80;

        static Proxy of(String url, String user, Secret password) {
            URI uri = URI.create(url.trim());
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("not the URL of a proxy, expected=http://host:port");
            }
            return new Proxy(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), user.trim(), password);
        }
    }

    HttpSettings {
        Range.within("connections", connections, 1, 1_024);
        Range.within("connectTimeoutMillis", connectMillis, 1, 600_000);
        Range.within("readTimeoutMillis", readMillis, 1, 600_000);
    }

    static HttpSettings of(GcsConfiguration configuration) {
        Optional<Proxy> proxy = configuration.proxy().isBlank()
                ? Optional.empty()
                : Optional.of(Proxy.of(
                        configuration.proxy(),
                        configuration.proxyUser(),
                        Secret.of("proxyPassword", configuration.proxyPassword(), configuration.proxyPasswordFile())));
        return new HttpSettings(
                configuration.connections(),
                configuration.connectTimeoutMillis(),
                configuration.readTimeoutMillis(),
                proxy);
    }
}
