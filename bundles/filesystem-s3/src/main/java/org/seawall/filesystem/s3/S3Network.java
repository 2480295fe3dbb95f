package org.seawall.filesystem.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a store is reached.
 *
 * @param endpoint the store, or empty for AWS
 * @param region the region, or empty for what environment, profile or instance say
 * @param pathStyle whether the bucket is in the path
 * @param connectTimeout for a connection to be made
 * @param requestTimeout for one attempt
 * @param connections the most
 * @param proxy what is in between
 */
record S3Network(
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Duration connectTimeout,
        Duration requestTimeout,
        int connections,
        Optional<Proxy> proxy) {

    /**
     * An HTTP proxy.
     *
     * @param url where it is
     * @param user who asks it, or empty
     * @param password of the user
     */
    record Proxy(URI url, String user, Secret password) {
        private boolean same(Proxy other) {
            return url.equals(other.url) && user.equals(other.user) && password.same(other.password);
        }
    }

    /** Whether one client does for both. By hand: the equals that a record is given would keep the bundle's classes alive. */
    boolean same(S3Network other) {
        boolean sameProxy = proxy.isEmpty()
                ? other.proxy.isEmpty()
                : other.proxy.filter(proxy.get()::same).isPresent();
        return sameProxy
                && endpoint.equals(other.endpoint)
                && region.equals(other.region)
                && pathStyle == other.pathStyle
                && connectTimeout.equals(other.connectTimeout)
                && requestTimeout.equals(other.requestTimeout)
                && connections == other.connections;
    }
}
