package org.seawall.filesystem.azure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy.Type;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.seawall.filesystem.common.Range;

/**
 * The connections to the storage.
 *
 * @param connections how many at most
 * @param connectMillis until a connection has to be there
 * @param requestMillis until the whole answer has to be there
 * @param proxy between here and the storage
 */
record HttpSettings(int connections, int connectMillis, int requestMillis, Optional<Proxy> proxy) {

    HttpSettings {
        Range.within("connections", connections, 1, 512);
        Range.within("connectTimeoutMillis", connectMillis, 1, 600_000);
        Range.within("requestTimeoutMillis", requestMillis, 1, 3_600_000);
    }

    static HttpSettings of(AzureConfiguration configuration) {
        Secret password = new Secret("proxyPassword", configuration.proxyPassword(), configuration.proxyPasswordFile());
        return new HttpSettings(
                configuration.connections(),
                configuration.connectTimeoutMillis(),
                configuration.requestTimeoutMillis(),
                configuration.proxy().isBlank()
                        ? Optional.empty()
                        : Optional.of(Proxy.of(configuration.proxy().trim(), configuration.proxyUser(), password)));
    }

    /** Whether one client does for both. By hand: the equals that a record is given would keep the bundle's classes alive. */
    boolean sameClient(HttpSettings other) {
        boolean sameProxy = proxy.isEmpty()
                ? other.proxy.isEmpty()
                : other.proxy.filter(proxy.get()::same).isPresent();
        return connectMillis == other.connectMillis && sameProxy;
    }

    /** A proxy, and who it knows us as. */
    record Proxy(String host, int port, String user, Secret password) {

        static Proxy of(String text, String user, Secret password) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon).trim();
            String port = text.substring(colon + 1).trim();
            if (!host.matches("[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]")
                    || !port.matches("[0-9]{1,5}")
                    || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException("not a proxy, expected=host:port, setting=proxy");
            }
            return new Proxy(host, Integer.parseInt(port), user.trim(), password);
        }

        boolean same(Proxy other) {
            return host.equals(other.host)
                    && port == other.port
                    && user.equals(other.user)
                    && password.same(other.password);
        }

        /** For everything but what is on this machine or is its own identity service. */
        ProxySelector selector() {
            java.net.Proxy through = new java.net.Proxy(Type.HTTP, InetSocketAddress.createUnresolved(host, port));
            return new ProxySelector() {
                @Override
                public List<java.net.Proxy> select(URI uri) {
                    boolean here = String.valueOf(uri.getHost()).matches("localhost|127\\..*|\\[::1]|169\\.254\\..*");
                    return List.of(here ? java.net.Proxy.NO_PROXY : through);
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException e) {
                    // the request fails, and says so
                }
            };
        }
    }
}
