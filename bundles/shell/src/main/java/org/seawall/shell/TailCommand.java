package org.seawall.shell;

import java.time.Duration;
import java.util.Optional;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.shell.output.EntryJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:tail} */
@Command(
        name = "wal:tail",
        description = "Prints what happened to a collection, an entry a line, in the order of sequences.",
        footer = {
            "",
            "What --json prints can be read again by wal:ingest.",
            "",
            "Examples:",
            "  wal:tail points --from 4000",
            "  wal:tail points --follow"
        })
final class TailCommand implements ShellCommand {
    private static final Duration LOOK_UP = Duration.ofMillis(500);

    @Mixin
    private final Target target;

    @Option(
            names = "--from",
            paramLabel = "SEQUENCE",
            defaultValue = "1",
            description = "The first one to print (default: the oldest).")
    private long from;

    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Print an object a line.")
    private boolean json;

    TailCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        try (LogReader reader = target.log().read(target.name(), from)) {
            while (!Thread.interrupted() && !out.broken()) {
                Optional<LoggedEntry> next = follow ? reader.await(LOOK_UP) : reader.poll();
                if (next.isEmpty() && !follow) {
                    return;
                }
                next.ifPresent(entry -> print(out, entry));
            }
        } catch (InterruptedException e) {
            // only an operator who follows ends a wait, and that is how following ends
            if (!follow) {
                throw e;
            }
        }
    }

    private void print(Output out, LoggedEntry entry) {
        if (json) {
            out.json(object -> EntryJson.write(object, entry));
        } else {
            out.line(Text.line(entry));
        }
    }
}
