package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system. */
final class Tools {
    private Tools() {}

    /** Runs a program that has to work. */
    static void run(String... command) throws IOException {
        assertEquals(0, status(command), () -> String.join(" ", command));
    }

    /** Runs a program and waits for its status. */
    static int status(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return ended(process);
    }

    /** The status of a process once it has ended; one that does not end is killed. */
    static int ended(Process process) {
        process.onExit().completeOnTimeout(process, 1, TimeUnit.MINUTES).join();
        if (process.isAlive()) {
            process.destroyForcibly();
            fail("program did not end, process=" + process.info());
        }
        return process.exitValue();
    }
}
