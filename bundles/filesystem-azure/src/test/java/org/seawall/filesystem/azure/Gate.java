package org.seawall.filesystem.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server on this machine that remembers what it was asked and answers as it is told. */
final class Gate implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new ArrayList<>();
    private volatile Function<Asked, Answered> answers = request -> Answered.error(500, "InternalError");

    /** A request. Names of headers are in lower case. */
    record Asked(String method, String uri, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** An answer; a negative status closes the connection without one. */
    record Answered(int status, Map<String, String> headers, String body) {
        static Answered error(int status, String code) {
            return new Answered(
                    status,
                    Map.of("x-ms-error-code", code, "x-ms-request-id", "request-1", "Content-Type", "application/xml"),
                    "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code></Error>");
        }

        static Answered json(int status, String body) {
            return new Answered(status, Map.of("Content-Type", "application/json"), body);
        }

        static Answered hangUp() {
            return new Answered(-1, Map.of(), "");
        }

        Answered with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answered(status, more, body);
        }
    }

    Gate() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                exchange.getRequestBody().readAllBytes());
        synchronized (asked) {
            asked.add(request);
        }
        Answered answer = answers.apply(request);
        if (answer.status() < 0) {
            // an exception in here closes the connection
            throw new IOException("hang up");
        }
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean none = request.method().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    Gate answering(Function<Asked, Answered> how) {
        answers = how;
        return this;
    }

    Gate answering(Answered answer) {
        return answering(request -> answer);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    Asked last() {
        List<Asked> all = asked();
        return all.get(all.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
