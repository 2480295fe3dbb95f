package org.seawall.filesystem.s3;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives every request the same answer, as a store gives its errors, and keeps what the requests said of their keys. */
final class CannedServer implements AutoCloseable {

    private final HttpServer server;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    CannedServer(int status, String code, Map<String, String> headers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String xml =
                "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>told by the store</Message></Error>";
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    List<String> authorizations() {
        return authorizations;
    }

    TestConfiguration configuration() {
        return TestConfiguration.of(Map.of(
                "endpoint",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "pathStyle",
                true,
                "credentials",
                "static",
                "accessKey",
                "canned",
                "secretKey",
                VersityServer.SECRET,
                "attempts",
                2,
                "retryDelayMillis",
                1,
                "probe",
                false));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
