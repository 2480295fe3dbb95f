package org.seawall.shell;

import java.time.Duration;
import java.util.Optional;
import org.seawall.WriteAheadLog;
import org.seawall.search.VectorSearch;
import picocli.CommandLine.Option;

/** The options that choose a log. */
final class LogChoice {
    @Option(
            names = "--log",
            paramLabel = "LOG",
            description = "The log; without it the one named default, else the only one.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for a log that is starting (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    private final Logs logs;

    LogChoice(Logs logs) {
        this.logs = logs;
    }

    WriteAheadLog log() throws InterruptedException {
        return logs.log(name, patience());
    }

    VectorSearch search() throws InterruptedException {
        return logs.search(name, patience());
    }

    private Duration patience() {
        if (waitSeconds < 0) {
            throw new IllegalArgumentException("wait out of range, expected 0 or more seconds, wait=" + waitSeconds);
        }
        return Duration.ofSeconds(waitSeconds);
    }
}
