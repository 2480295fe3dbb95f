package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The emulator fake-gcs-server in a process of its own, with everything in memory. It needs nothing of the SDK. */
public final class FakeGcs implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 5;

    private final Process process;
    private final String endpoint;

    private FakeGcs(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts one on a free port.
     *
     * @param installed what is there
     * @return the running emulator, without buckets
     * @throws IOException if it does not begin to listen
     */
    public static FakeGcs start(FakeGcsInstallation installed) throws IOException {
        IOException failed = new IOException("fake-gcs-server does not listen");
        for (int i = 0; i < TRIES; i++) {
            // the server cannot choose a port and tell: one that was free a moment ago may be taken by now
            int port = freePort();
            Path log = installed.directory().resolve("server-" + port + ".log");
            FakeGcs server = new FakeGcs(process(installed, port, log), "http://127.0.0.1:" + port);
            if (server.answers()) {
                return server;
            }
            server.close();
            failed = new IOException("fake-gcs-server does not listen, log=" + log, failed);
        }
        throw failed;
    }

    private static Process process(FakeGcsInstallation installed, int port, Path log) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        installed.program().toString(),
                        "-backend=memory",
                        "-scheme=http",
                        "-host=127.0.0.1",
                        "-port=" + port,
                        "-log-level=error"))
                .directory(installed.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                return send(HttpRequest.newBuilder(uri("/storage/v1/b?project=test"))
                                .build())
                        == 200;
            } catch (IOException notYet) {
                pause();
            }
        }
        return false;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Where it is.
     *
     * @return for the setting {@code endpoint}; with {@code credentials} anonymous
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * Makes an empty bucket.
     *
     * @param name its name
     * @throws IOException if it is there already, or the emulator fails
     */
    public void makeBucket(String name) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri("/storage/v1/b?project=test"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                .build();
        int status = send(request);
        if (status != 200) {
            throw new IOException("bucket was not made, status=" + status + ", bucket=" + name);
        }
    }

    private URI uri(String path) {
        return URI.create(endpoint + path);
    }

    private static int send(HttpRequest request) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends the process; all that it held is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
