package org.seawall.filesystem.azure;

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
 * Azurite, installed once for all modules of the build: in {@code target/} of the top directory, or where the system property
 * {@code azurite.directory} says.
 *
 * @param node the program that runs it
 * @param directory where it is
 */
public record AzuriteInstallation(Path node, Path directory) {

    private static final String VERSION = "3.37.0";
    private static final long PATIENCE_MINUTES = 8;

    /** Why there is none. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Finds it, or installs it by npm.
     *
     * @return what can be started
     * @throws MissingException if node or npm is missing, or npm cannot get it
     */
    public static AzuriteInstallation find() throws MissingException {
        Path node = program("node");
        Path npm = program("npm");
        AzuriteInstallation here = new AzuriteInstallation(node, place());
        try {
            Files.createDirectories(here.directory());
            // several builds may want it at once
            try (FileChannel channel = FileChannel.open(
                            here.directory().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                here.installBy(npm, lock);
            }
        } catch (IOException e) {
            throw new MissingException("azurite " + VERSION + " cannot be installed: " + e.getMessage(), e);
        }
        return here;
    }

    Path main() {
        return directory.resolve("node_modules/azurite/dist/src/blob/main.js");
    }

    private void installBy(Path npm, FileLock held) throws IOException {
        Path done = directory.resolve("installed");
        if (!held.isValid() || Files.exists(done)) {
            return;
        }
        Path log = directory.resolve("npm.log");
        Process process = new ProcessBuilder(List.of(
                        npm.toString(),
                        "install",
                        "--prefix",
                        directory.toString(),
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline",
                        "azurite@" + VERSION))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("npm does not end, log=" + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() != 0 || !Files.exists(main())) {
            throw new IOException("npm failed, status=" + process.exitValue() + ", log=" + log);
        }
        Files.createFile(done);
    }

    private static Path place() {
        String told = System.getProperty("azurite.directory", "");
        if (!told.isEmpty()) {
            return Path.of(told).toAbsolutePath();
        }
        Path top = Path.of("").toAbsolutePath();
        while (top.getParent() != null && !Files.isDirectory(top.resolve(".mvn"))) {
            top = top.getParent();
        }
        return top.resolve("target").resolve("azurite-" + VERSION);
    }

    private static Path program(String name) throws MissingException {
        String[] path = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
        return Stream.of(path)
                .flatMap(directory ->
                        Stream.of(name, name + ".exe", name + ".cmd").map(Path.of(directory)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new MissingException(name + " is not on the path", null));
    }
}
