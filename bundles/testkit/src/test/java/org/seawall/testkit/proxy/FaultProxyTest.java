package org.seawall.testkit.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final String TEXT = "0123456789".repeat(1_000);

    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length);
            boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
            byte[] answer = exchange.getRequestMethod().equals("GET") ? TEXT.getBytes() : body;
            exchange.sendResponseHeaders(200, chunked ? 0 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        proxy = FaultProxy.before(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.stop(0);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(proxy.endpoint().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, boolean expect) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(proxy.endpoint().resolve(path))
                        .expectContinue(expect)
                        .PUT(HttpRequest.BodyPublishers.ofString(TEXT))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void once(ProxyFault fault) {
        proxy.faults(ProxyFaults.nth(request -> true, 1, fault));
    }

    @Test
    void requestsPassAsTheyAreAndAreCounted() throws Exception {
        assertEquals(TEXT, get("/a?b=c").body());
        assertEquals(TEXT, get("/chunked").body());
        assertEquals(TEXT, put("/put", false).body());
        assertEquals(TEXT, put("/expecting", true).body());
        assertEquals(List.of("GET /a?b=c 0", "GET /chunked 0", "PUT /put 10000", "PUT /expecting 10000"), arrived);
        assertEquals(4, proxy.requests());
        assertEquals(Map.of("GET", 2L, "PUT", 2L), proxy.methods());
        proxy.forget();
        assertEquals(0, proxy.requests());
    }

    @Test
    void aConnectionThatIsClosedBeforeLeavesTheServerWithoutTheRequest() throws Exception {
        proxy.faults(ProxyFaults.drawn(1, 100, ProxyFault.CLOSE_BEFORE));
        assertThrows(IOException.class, () -> put("/put", false));
        assertEquals(List.of(), arrived);
    }

    @Test
    void aConnectionThatIsClosedAfterLeavesTheClientWithoutTheAnswer() throws Exception {
        proxy.faults(ProxyFaults.drawn(1, 100, ProxyFault.CLOSE_AFTER));
        assertThrows(IOException.class, () -> put("/put", false));
        assertTrue(arrived.contains("PUT /put 10000"), arrived::toString);
    }

    @Test
    void aRequestThatIsCutIsNotWholeAtTheServer() throws Exception {
        proxy.faults(ProxyFaults.drawn(1, 100, ProxyFault.CUT_REQUEST));
        assertThrows(IOException.class, () -> put("/put", false));
        assertTrue(arrived.stream().noneMatch(request -> request.contains("10000")), arrived::toString);
    }

    @Test
    void anAnswerThatIsCutIsNotTakenForWhole() throws Exception {
        once(ProxyFault.CUT_ANSWER);
        assertThrows(IOException.class, () -> get("/a"));
        once(ProxyFault.CUT_ANSWER);
        assertThrows(IOException.class, () -> get("/chunked"));
        assertEquals(TEXT, get("/a").body());
    }

    @Test
    void theProxyAnswersInTheServersPlaceForAWhile() throws Exception {
        proxy.faults(ProxyFaults.run(request -> request.method().equals("PUT"), 2, 2, ProxyFault.SLOW_DOWN));
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 5; i++) {
            statuses.add(put("/" + i, false).statusCode());
        }
        assertEquals(List.of(200, 503, 503, 200, 200), statuses);
        assertEquals(3, arrived.size());
        once(ProxyFault.TOO_MANY_REQUESTS);
        assertEquals(429, get("/").statusCode());
        assertEquals(2L, proxy.outcomes().get(ProxyFault.SLOW_DOWN));
    }

    @Test
    void aDelayedRequestArrives() throws Exception {
        once(ProxyFault.DELAY);
        assertEquals(TEXT, get("/a").body());
        assertEquals(1L, proxy.outcomes().get(ProxyFault.DELAY));
    }

    @Test
    void theSameSeedDrawsTheSameFaults() {
        ProxyFaults one = ProxyFaults.drawn(7, 20);
        ProxyFaults two = ProxyFaults.drawn(7, 20);
        int faults = 0;
        for (int i = 0; i < 1_000; i++) {
            ProxiedRequest request = new ProxiedRequest(i, "GET", "/");
            ProxyFault fault = one.next(request);
            assertEquals(fault, two.next(request));
            faults += fault == ProxyFault.NONE ? 0 : 1;
        }
        assertTrue(faults > 150 && faults < 250, "faults of a thousand: " + faults);
    }
}
