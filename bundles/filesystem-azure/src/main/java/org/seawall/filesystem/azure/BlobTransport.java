package org.seawall.filesystem.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * The SDK's requests over java.net.http: one attempt, in the thread that asks, with one limit of time for the whole exchange,
 * body and answer. Safe for use by several threads; there are no more connections than the settings allow.
 */
final class BlobTransport implements HttpClient {

    /** What java.net.http sets itself. */
    private static final Set<String> SET_BELOW = Set.of("content-length", "host", "connection", "expect", "upgrade");

    private final HttpThreads threads;
    private volatile Limits limits;

    /** What holds at a time. */
    private record Limits(HttpSettings settings, Semaphore connections) {
        static Limits of(HttpSettings settings) {
            return new Limits(settings, new Semaphore(settings.connections()));
        }
    }

    BlobTransport(HttpThreads threads, HttpSettings settings) {
        this.threads = threads;
        this.limits = Limits.of(settings);
    }

    /** Holds for what is sent from now on. */
    void change(HttpSettings next) {
        limits = Limits.of(next);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return send(request);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            return new BlobResponse(request, exchange(converted(request)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and takes the whole answer in. */
    java.net.http.HttpResponse<byte[]> exchange(java.net.http.HttpRequest request) throws IOException {
        Limits now = limits;
        try {
            now.connections().acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return answer(
                    threads.client(now.settings()).sendAsync(request, BodyHandlers.ofByteArray()),
                    now.settings().requestMillis());
        } finally {
            now.connections().release();
        }
    }

    private static <T> T answer(CompletableFuture<T> answer, int requestMillis) throws IOException {
        try {
            return answer.get(requestMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            HttpTimeoutException late =
                    new HttpTimeoutException("no whole answer in time, requestTimeoutMillis=" + requestMillis);
            late.initCause(e);
            throw late;
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException("request failed", e.getCause());
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("interrupted while waiting for the storage");
        stopped.initCause(e);
        return stopped;
    }

    private static java.net.http.HttpRequest converted(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.getUrl().toString()));
        for (HttpHeader header : request.getHeaders()) {
            if (!SET_BELOW.contains(header.getName().toLowerCase(Locale.ROOT))) {
                header.getValuesList().forEach(value -> builder.header(header.getName(), value));
            }
        }
        return builder.method(request.getHttpMethod().toString(), body(request)).build();
    }

    /** An array, which nobody else changes: when a request is given up, it is still being sent for a moment. */
    private static BodyPublisher body(HttpRequest request) {
        BinaryData body = request.getBodyAsBinaryData();
        return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toBytes());
    }
}
