package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code strace} on a running process: it writes down system calls, and lets some of them fail. */
record Strace(Process process, Path trace) implements AutoCloseable {
    private static final long ATTACHING_SECONDS = 60;

    /** Whether a process that is not a child can be traced. */
    static boolean works() {
        Process sleep;
        try {
            Tools.run("strace", "-V");
            sleep = new ProcessBuilder("sleep", "60").start();
        } catch (IOException | AssertionError e) {
            return false;
        }
        try {
            Path trace = Files.createTempFile("strace", ".txt");
            try (Strace attached = attach(sleep, trace)) {
                return attached.process.isAlive();
            } catch (AssertionError e) {
                return false;
            } finally {
                Files.delete(trace);
            }
        } catch (IOException e) {
            return false;
        } finally {
            sleep.destroyForcibly();
        }
    }

    /** Returns once all threads of a process are traced, and those that it starts will be. */
    static Strace attach(Process traced, Path trace, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-o", trace.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-p", Long.toString(traced.pid())));
        Path said = Path.of(trace + ".said");
        Process process = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectErrorStream(true)
                .start();
        long begin = System.nanoTime();
        while (!Files.readString(said).contains(" attached")) {
            if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(ATTACHING_SECONDS)) {
                process.destroyForcibly();
                fail("strace did not attach: " + Files.readString(said));
            }
            LockSupport.parkNanos(1_000_000);
        }
        return new Strace(process, trace);
    }

    /** Ends it, and lets the traced process go on. The trace is whole then. */
    @Override
    public void close() {
        process.destroy();
        Tools.ended(process);
    }
}
