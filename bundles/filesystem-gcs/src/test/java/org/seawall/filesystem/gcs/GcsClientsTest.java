package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.seawall.filesystem.common.NotDoneException;

/** Connections are kept between requests, and end with the client that made them. */
class GcsClientsTest {

    private static final String NOTHING =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    /** A server that answers every list of its first connection, and tells when the client closes it. */
    private static CompletableFuture<Integer> answersUntilClosed(ServerSocket socket) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket connection = socket.accept()) {
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
                int answers = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isEmpty()) {
                        connection.getOutputStream().write(NOTHING.getBytes(StandardCharsets.ISO_8859_1));
                        answers++;
                    }
                }
                return answers;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static GcsConfiguration at(ServerSocket socket) {
        return TestConfiguration.anonymous("http://127.0.0.1:" + socket.getLocalPort(), Map.of());
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static void list(TestClients clients) throws IOException {
        clients.bucket("bucket").list("", true, java.util.Optional.empty());
    }

    @Test
    void connectionsEndWithTheirClient() throws Exception {
        try (ServerSocket before = listening();
                ServerSocket after = listening()) {
            CompletableFuture<Integer> first = answersUntilClosed(before);
            CompletableFuture<Integer> second = answersUntilClosed(after);
            try (TestClients clients = TestClients.of(at(before))) {
                list(clients);
                list(clients);
                clients.clients().change(GcsSettings.of(at(after)));
                assertFalse(first.isDone(), "ended before another client was needed");
                list(clients);
                assertEquals(2, first.get(20, TimeUnit.SECONDS));
                assertFalse(second.isDone());
            }
            assertEquals(1, second.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aRequestThatHangsEndsWithTheBundle() throws Exception {
        try (ServerSocket server = listening()) {
            // it takes the connection and says nothing
            TestClients clients = TestClients.of(TestConfiguration.anonymous(
                    "http://127.0.0.1:" + server.getLocalPort(), Map.of("readTimeoutMillis", 600_000)));
            CompletableFuture<Boolean> hanging = CompletableFuture.supplyAsync(() -> {
                try {
                    list(clients);
                    return false;
                } catch (IOException e) {
                    return e instanceof NotDoneException;
                }
            });
            try (Socket connection = server.accept()) {
                assertTrue(connection.getInputStream().read() >= 0, "the request came");
                clients.close();
                assertTrue(hanging.get(60, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void whatIsClosedAsksNobody() throws IOException {
        try (ServerSocket server = listening()) {
            TestClients clients = TestClients.of(at(server));
            clients.close();
            IOException e = assertThrows(IOException.class, () -> list(clients));
            assertTrue(e.getMessage().startsWith("file system is stopped, endpoint="), e::getMessage);
        }
    }
}
