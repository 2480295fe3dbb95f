package org.seawall.filesystem.gcs;

import java.util.Optional;

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

        static Proxy of(String text, String user, Secret password) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon).trim();
            String port = text.substring(colon + 1).trim();
            if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException("not a proxy, expected=host:port, value=" + text);
            }
            return new Proxy(host, Integer.parseInt(port), user.trim(), password);
        }
    }

    HttpSettings {
        Ranges.check("connections", connections, 1, 512);
        Ranges.check("connectTimeoutMillis", connectMillis, 1, 600_000);
        Ranges.check("readTimeoutMillis", readMillis, 1, 600_000);
    }

    static HttpSettings of(GcsConfiguration configuration) {
        Optional<Proxy> proxy = configuration.proxy().isBlank()
                ? Optional.empty()
                : Optional.of(Proxy.of(
                        configuration.proxy(), configuration.proxyUser(), new Secret(configuration.proxyPassword())));
        return new HttpSettings(
                configuration.connections(),
                configuration.connectTimeoutMillis(),
                configuration.readTimeoutMillis(),
                proxy);
    }
}
