package org.seawall.filesystem.azure;

import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The client of java.net.http, made when it is first used and anew for other settings, and the threads that it works on.
 *
 * <p>A client of JDK 17 cannot be closed: its selector's thread ends once the client is garbage. That thread holds the executor,
 * so nothing that the executor holds may lead back to the client.
 */
final class HttpThreads implements AutoCloseable {

    private Optional<Made> made = Optional.empty();
    private Optional<ExecutorService> threads = Optional.empty();
    private boolean closed;

    /** A client and what it was made of. */
    private record Made(HttpClient client, HttpSettings settings) {}

    /** The client for these settings. One that was made for others ends with its requests. */
    synchronized HttpClient client(HttpSettings settings) throws IOException {
        if (closed) {
            throw new IOException("file system is closed");
        }
        if (threads.isEmpty()) {
            threads =
                    Optional.of(Executors.newCachedThreadPool(factory(getClass().getClassLoader())));
        }
        if (made.filter(before -> before.settings().sameClient(settings)).isEmpty()) {
            made = Optional.of(new Made(client(settings, threads.get()), settings));
        }
        return made.get().client();
    }

    private static HttpClient client(HttpSettings settings, ExecutorService executor) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(settings.connectMillis()))
                .executor(executor);
        settings.proxy().ifPresent(proxy -> {
            builder.proxy(proxy.selector());
            if (!proxy.user().isEmpty()) {
                builder.authenticator(new ProxyAuthenticator(proxy));
            }
        });
        return builder.build();
    }

    private static ThreadFactory factory(ClassLoader loader) {
        AtomicInteger number = new AtomicInteger();
        return body -> {
            Thread thread =
                    new Thread(null, body, "seawall-filesystem-azure-http-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        made = Optional.empty();
        threads.ifPresent(ExecutorService::shutdownNow);
        threads = Optional.empty();
    }

    private static final class ProxyAuthenticator extends Authenticator {
        private final HttpSettings.Proxy proxy;

        ProxyAuthenticator(HttpSettings.Proxy proxy) {
            this.proxy = proxy;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(
                            proxy.user(), proxy.password().read().toCharArray())
                    : super.getPasswordAuthentication();
        }
    }
}
