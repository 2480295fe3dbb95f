package org.seawall.filesystem.gcs;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * fake-gcs-server, built once for all modules of the build from the Go module proxy: in {@code target/} of the top directory, or
 * where the system property {@code fakeGcs.directory} says.
 *
 * @param directory where it is
 */
public record FakeGcsInstallation(Path directory) {

    private static final String VERSION = "v1.56.1";
    private static final long PATIENCE_MINUTES = 8;

    /** Why there is none. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Finds it, or builds it with Go.
     *
     * @return what can be started
     * @throws MissingException if Go is missing, or cannot build it
     */
    public static FakeGcsInstallation find() throws MissingException {
        FakeGcsInstallation here = new FakeGcsInstallation(place());
        if (Files.isExecutable(here.program())) {
            return here;
        }
        Path go = go();
        try {
            Files.createDirectories(here.directory());
            // several builds may want it at once
            try (FileChannel channel = FileChannel.open(
                            here.directory().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                here.buildBy(go, lock);
            }
        } catch (IOException e) {
            throw new MissingException("fake-gcs-server " + VERSION + " cannot be built: " + e.getMessage(), e);
        }
        return here;
    }

    Path program() {
        return directory.resolve("fake-gcs-server");
    }

    private void buildBy(Path go, FileLock held) throws IOException {
        if (!held.isValid() || Files.isExecutable(program())) {
            return;
        }
        Path log = directory.resolve("go.log");
        ProcessBuilder install = new ProcessBuilder(
                        List.of(go.toString(), "install", "github.com/fsouza/fake-gcs-server@" + VERSION))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        install.environment().put("GOBIN", directory.toString());
        // no other Go is fetched than the one that is there, and no C compiler is needed
        install.environment().put("GOTOOLCHAIN", "local");
        install.environment().put("CGO_ENABLED", "0");
        Process process = install.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("go does not end, log=" + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() != 0 || !Files.isExecutable(program())) {
            throw new IOException("go failed, status=" + process.exitValue() + ", log=" + log);
        }
    }

    private static Path place() {
        String told = System.getProperty("fakeGcs.directory", "");
        if (!told.isEmpty()) {
            return Path.of(told).toAbsolutePath();
        }
        Path top = Path.of("").toAbsolutePath();
        while (top.getParent() != null && !Files.isDirectory(top.resolve(".mvn"))) {
            top = top.getParent();
        }
        return top.resolve("target").resolve("fake-gcs-server-" + VERSION);
    }

    private static Path go() throws MissingException {
        String[] path = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
        return Stream.of(path)
                .flatMap(directory -> Stream.of("go", "go.exe").map(Path.of(directory)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new MissingException("go is not on the path", null));
    }
}
