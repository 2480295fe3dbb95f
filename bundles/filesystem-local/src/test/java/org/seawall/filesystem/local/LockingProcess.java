package org.seawall.filesystem.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;
import org.slf4j.LoggerFactory;

/** The main class of a second process, which takes a lock, says so, and keeps it until its input ends. */
final class LockingProcess {

    private LockingProcess() {}

    public static void main(String[] arguments) throws IOException {
        LocalFileSystem files = new LocalFileSystem(0, new SystemDisk(), Duration.ZERO);
        try (FileLock lock = files.lock(Location.parse(arguments[0]), "other process")) {
            System.out.println(lock == null ? "" : "taken");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (LockedException e) {
            System.out.println("refused" + e.getMessage().replaceAll("^[^,]*(,.*), lock=.*$", "$1"));
        }
    }

    static Running start(Location lock) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        LockingProcess.class.getName(),
                        lock.path())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Running(process, process.inputReader());
    }

    private static String classPath() throws URISyntaxException {
        Set<String> entries = new LinkedHashSet<>();
        for (Class<?> type : List.of(
                LockingProcess.class,
                LocalFileSystem.class,
                Location.class,
                SeawallException.class,
                LoggerFactory.class)) {
            entries.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The process while it runs. */
    record Running(Process process, BufferedReader output) implements AutoCloseable {

        String answer() throws IOException {
            return output.readLine();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
