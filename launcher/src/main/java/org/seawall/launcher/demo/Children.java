package org.seawall.launcher.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Containers in processes of their own, one after the other on one home. */
record Children(Path launcher, Path home, Path work) {

    Child start(String name, String commands) throws IOException {
        Path output = work.resolve(name + ".out");
        Path errors = work.resolve(name + ".err");
        Process process = new ProcessBuilder(launcher.toString(), "--home", home.toString(), "-c", commands)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        Child child = new Child(process, output, errors, System.nanoTime());
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "seawall-demo-shutdown"));
        return child;
    }

    /** Waits until the child has ended; its commands have worked then. */
    Child run(String name, String commands) throws IOException, InterruptedException {
        Child child = start(name, commands);
        child.finish();
        return child;
    }

    /** One process. */
    static final class Child {
        private final Process process;
        private final Path output;
        private final Path errors;
        private final long started;
        private long millis;

        private Child(Process process, Path output, Path errors, long started) {
            this.process = process;
            this.output = output;
            this.errors = errors;
            this.started = started;
        }

        /** Ends the process as a loss of power would end it: it is not asked. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            end();
        }

        private void finish() throws IOException, InterruptedException {
            int status = end();
            if (status != 0) {
                throw new DemoException("a container failed, status=" + status + ": " + errors());
            }
        }

        private int end() throws InterruptedException {
            int status = process.waitFor();
            millis = (System.nanoTime() - started) / 1_000_000;
            return status;
        }

        boolean alive() {
            return process.isAlive();
        }

        long pid() {
            return process.pid();
        }

        /** How long it lived. */
        long millis() {
            return millis;
        }

        Path output() {
            return output;
        }

        String errors() throws IOException {
            return Files.readString(errors).strip();
        }

        String lastLine() throws IOException {
            List<String> lines = Files.readAllLines(output);
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }
}
