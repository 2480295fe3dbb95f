package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * The emulator fake-gcs-server as a process of its own, with everything in its memory, on a free port of this machine. It is
 * built from the Go module proxy into the directory {@code clouds.tools} by the first test that needs it, and found there by the
 * others. Where Go is missing the tests are aborted, or fail with {@code -Dclouds.required=true}.
 */
public final class FakeGcs implements AutoCloseable {

    private static final String VERSION = "v1.56.1";
    private static final Path TOOLS = Path.of(System.getProperty("clouds.tools", "target/tools"));
    private static final Duration BUILDING = Duration.ofMinutes(9);
    private static final Duration STARTING = Duration.ofSeconds(30);

    private final Process process;
    private final String endpoint;
    private final Thread ender;
    private final HttpClient http = HttpClient.newHttpClient();

    private FakeGcs(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.ender = new Thread(process::destroyForcibly, "fake-gcs-end");
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /**
     * Starts a server without buckets.
     *
     * @return the server, which answers
     * @throws IOException if it cannot be built or started
     * @throws InterruptedException if the thread is interrupted
     */
    public static FakeGcs start() throws IOException, InterruptedException {
        Path program = built();
        int port = freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-backend=memory",
                        "-scheme=http",
                        "-host=127.0.0.1",
                        "-port=" + port,
                        "-log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(
                        TOOLS.resolve("fake-gcs-server-" + port + ".log").toFile())
                .start();
        FakeGcs server = new FakeGcs(process, "http://127.0.0.1:" + port);
        server.await();
        return server;
    }

    /**
     * Where it listens.
     *
     * @return a URL
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * Makes a bucket.
     *
     * @param name its name
     * @throws IOException if it is not made
     * @throws InterruptedException if the thread is interrupted
     */
    public void makeBucket(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/storage/v1/b?project=test"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("bucket is not made, status=" + answer.statusCode() + ", bucket=" + name);
        }
    }

    /** Ends the server with everything in it. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(ender);
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + STARTING.toNanos();
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/storage/v1/b?project=test"))
                .build();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                http.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        close();
        throw new IOException("fake-gcs-server does not answer, endpoint=" + endpoint + ", log=" + TOOLS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Several modules may ask at once, each in a process of its own. */
    private static Path built() throws IOException, InterruptedException {
        Path home = TOOLS.resolve("fake-gcs-server-" + VERSION).toAbsolutePath();
        Path program = home.resolve("fake-gcs-server");
        Files.createDirectories(home);
        try (FileChannel channel = FileChannel.open(
                        home.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.isExecutable(program)) {
                build(home, lock);
            }
        }
        return program;
    }

    private static void build(Path home, FileLock lock) throws IOException, InterruptedException {
        Path log = home.resolve("build.log");
        ProcessBuilder builder = new ProcessBuilder("go", "install", "github.com/fsouza/fake-gcs-server@" + VERSION)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOBIN", home.toString());
        builder.environment().put("GOTOOLCHAIN", "local");
        builder.environment().put("CGO_ENABLED", "0");
        Process go;
        try {
            go = builder.start();
        } catch (IOException e) {
            throw missing("go is not on the path", e);
        }
        if (!go.waitFor(BUILDING.toSeconds(), TimeUnit.SECONDS) || go.exitValue() != 0) {
            go.destroyForcibly();
            throw missing(
                    "go does not build fake-gcs-server " + VERSION + ", log=" + log + ", lock=" + lock.isValid(), null);
        }
    }

    private static RuntimeException missing(String fact, Throwable cause) {
        String words = "no emulator of Google Cloud Storage: " + fact;
        return Boolean.getBoolean("clouds.required")
                ? new IllegalStateException(words, cause)
                : new TestAbortedException(words, cause);
    }
}
