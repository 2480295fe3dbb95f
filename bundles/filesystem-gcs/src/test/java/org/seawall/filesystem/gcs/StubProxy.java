package org.seawall.filesystem.gcs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A proxy that answers as a test tells it, tunnels nowhere, and remembers what it was asked. */
final class StubProxy implements AutoCloseable {

    /** The first line of a request and who asks. */
    record Asked(String line, String authorization) {}

    private final ServerSocket socket;
    private final Function<Asked, String> answers;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    StubProxy(Function<Asked, String> answers) {
        this.answers = answers;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "stub-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    List<Asked> asked() {
        return asked;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                answer(connection);
            } catch (IOException e) {
                // a client that goes away, or the end
                continue;
            }
        }
    }

    private void answer(Socket connection) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = lines.readLine();
        String authorization = "";
        int length = 0;
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            if (line.startsWith("Proxy-Authorization: ")) {
                authorization = line.substring("Proxy-Authorization: ".length());
            }
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        for (int i = 0; i < length; i++) {
            lines.read();
        }
        Asked now = new Asked(first, authorization);
        asked.add(now);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(answers.apply(now).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n" + headers
                + "\r\n" + body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
