package org.seawall.filesystem.gcs;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.ProxyAuthenticationStrategy;

/**
 * Connections that end with their owner: the JDK's own, which the SDK would take, are shared by the whole process, have no end
 * and send a request again by themselves.
 */
final class GcsTransport {

    private GcsTransport() {}

    static ApacheHttpTransport of(HttpSettings settings) {
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setMaxConnTotal(settings.connections())
                .setMaxConnPerRoute(settings.connections())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement();
        settings.proxy().ifPresent(proxy -> through(proxy, builder));
        return new ApacheHttpTransport(builder.build());
    }

    private static void through(HttpSettings.Proxy proxy, HttpClientBuilder builder) {
        builder.setProxy(new HttpHost(proxy.host(), proxy.port()));
        if (!proxy.user().isEmpty()) {
            CredentialsProvider known = new BasicCredentialsProvider();
            known.setCredentials(
                    new AuthScope(proxy.host(), proxy.port()),
                    new UsernamePasswordCredentials(
                            proxy.user(), proxy.password().text()));
            builder.setDefaultCredentialsProvider(known)
                    .setProxyAuthenticationStrategy(new ProxyAuthenticationStrategy());
        }
    }
}
