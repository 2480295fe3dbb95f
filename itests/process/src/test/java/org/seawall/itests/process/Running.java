package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process that runs. What it prints goes to two files. */
record Running(Process process, Path out, Path err) {
    private static final long MINUTES = 5;

    static Running start(List<String> command) throws IOException {
        Path logs = Files.createDirectories(Path.of(System.getProperty("it.homes"), "output"));
        Path out = Files.createTempFile(logs, "run", ".out");
        Path err = Files.createTempFile(logs, "run", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("SEAWALL_HOME");
        return new Running(builder.start(), out, err);
    }

    Outcome awaitEnd() throws InterruptedException {
        awaitStatus();
        return outcome();
    }

    /** Waits for the end of a process that prints too much to be kept in memory. */
    int awaitStatus() throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            fail("process did not end, output=" + out);
        }
        return process.exitValue();
    }

    /** Ends the process at once, as {@code kill -9} does, and holds that it did not end before by itself. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (process.waitFor() != Outcome.KILLED) {
            fail("process ended before it was killed, errors=" + read(err));
        }
    }

    /** Waits until the process has printed a text. */
    void awaitOutput(String text) {
        awaitWhileAlive("it printed " + text, () -> read(out).contains(text));
    }

    /** Waits until the process has printed so many statuses with {@code wal:status --json}, and returns the last of them. */
    JsonNode awaitStatus(int count) {
        awaitWhileAlive("it printed its status", () -> statuses().size() >= count);
        try {
            return new ObjectMapper().readTree(statuses().get(count - 1)).get(0);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON, output=" + out, e);
        }
    }

    private List<String> statuses() {
        String text = read(out);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("["))
                .toList();
    }

    /** The lines of its commands on its standard error; warnings of the log come there too. */
    List<String> complaints() {
        return read(err).lines().filter(line -> line.startsWith("wal:")).toList();
    }

    /** Waits for a sign of the process's progress; fails if it ends before. */
    void awaitWhileAlive(String sign, BooleanSupplier seen) {
        long begin = System.nanoTime();
        while (!seen.getAsBoolean()) {
            if (!process.isAlive()) {
                fail("process ended before " + sign + ", errors=" + read(err));
            }
            if (System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(MINUTES)) {
                process.destroyForcibly();
                fail("not in " + MINUTES + " minutes: " + sign + ", output=" + out);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private Outcome outcome() {
        int status = process.isAlive() ? -1 : process.exitValue();
        return new Outcome(status, read(out).lines().toList(), read(err).lines().toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
