package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real server of S3, versitygw, built through the Go module proxy into {@code target/} and started once for all tests. Where
 * there is no Go its tests are left out by name, or fail with {@code -Dclouds.required=true}.
 */
public final class VersityServer {

    private static final String MODULE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
    private static final Path BINARIES = Path.of("target", "go").toAbsolutePath();

    static final String ACCESS = "seawall-test";
    static final String SECRET = "not-a-secret-but-looked-for-in-messages";

    /** The settings with which it is reached, but for the endpoint. */
    public static final Map<String, Object> KEYS =
            Map.of("pathStyle", true, "credentials", "static", "accessKey", ACCESS, "secretKey", SECRET);

    private final URI endpoint;
    private final Path root;

    private VersityServer(URI endpoint, Path root) {
        this.endpoint = endpoint;
        this.root = root;
    }

    private static final class Holder {
        private static final VersityServer SERVER = start();
    }

    /** The server; leaves the test out if there can be none. */
    public static VersityServer running() {
        boolean required = Boolean.getBoolean("clouds.required");
        boolean there = hasGo() || Files.isExecutable(binary());
        assertTrue(there || !required, "no Go on this machine, and clouds.required is set");
        Assumptions.assumeTrue(there, "versitygw needs Go, which is not on this machine");
        return Holder.SERVER;
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Makes a bucket of its own for a test. */
    public String bucket() {
        String name = "wal-" + UUID.randomUUID();
        try {
            Files.createDirectory(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /**
     * Makes an account besides the first.
     *
     * @return its settings, to be put over {@link #KEYS}
     */
    public Map<String, Object> otherAccount() {
        String access = "other-" + UUID.randomUUID();
        String secret = "also-looked-for-in-messages";
        List<String> command = new ArrayList<>(List.of(binary().toString(), "admin", "--access", ACCESS));
        command.addAll(List.of("--secret", SECRET, "--endpoint-url", endpoint.toString()));
        command.addAll(List.of("create-user", "--access", access, "--secret", secret, "--role", "admin"));
        try {
            Process made = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(BINARIES.resolve("account.log").toFile())
                    .start();
            assertEquals(0, made.waitFor(), "no account was made, see target/go/account.log");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("versitygw makes no account", e);
        }
        return Map.of("accessKey", access, "secretKey", secret);
    }

    /** How the server is reached, for a test to change. */
    TestConfiguration configuration() {
        return TestConfiguration.of(KEYS).with("endpoint", endpoint.toString());
    }

    private static Path binary() {
        return BINARIES.resolve("versitygw");
    }

    private static boolean hasGo() {
        try {
            return new ProcessBuilder("go", "version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VersityServer start() {
        try {
            if (!Files.isExecutable(binary())) {
                build();
            }
            Path root = Files.createTempDirectory(Files.createDirectories(BINARIES), "buckets");
            int port = freePort();
            Process process = launched(root, port);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            while (!answers(port)) {
                assertTrue(process.isAlive(), "versitygw has ended, see target/go/versitygw.log");
                Thread.sleep(20);
            }
            return new VersityServer(URI.create("http://127.0.0.1:" + port), root);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("versitygw cannot be started", e);
        }
    }

    private static void build() throws IOException, InterruptedException {
        ProcessBuilder install = new ProcessBuilder("go", "install", MODULE);
        install.environment().put("GOBIN", BINARIES.toString());
        Files.createDirectories(BINARIES);
        Process process = install.redirectErrorStream(true)
                .redirectOutput(BINARIES.resolve("install.log").toFile())
                .start();
        assertTrue(process.waitFor(10, TimeUnit.MINUTES), "go install does not end");
        assertEquals(0, process.exitValue(), "go install failed, see target/go/install.log");
    }

    private static Process launched(Path root, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary().toString(), "--port", "127.0.0.1:" + port));
        command.addAll(
                List.of("--access", ACCESS, "--secret", SECRET, "--region", "us-east-1", "--keep-alive", "--quiet"));
        command.addAll(List.of(
                "--iam-dir", Files.createTempDirectory(BINARIES, "accounts").toString()));
        command.addAll(List.of(
                "posix",
                "--versioning-dir",
                Files.createTempDirectory(BINARIES, "versions").toString(),
                root.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(BINARIES.resolve("versitygw.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
