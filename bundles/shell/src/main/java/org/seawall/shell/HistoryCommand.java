package org.seawall.shell;

import java.util.List;
import org.seawall.LoggedEntry;
import org.seawall.shell.output.EntryJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:history} */
@Command(
        name = "wal:history",
        description = "Prints the versions of an id that are kept, the newest first. Fails if there is none.",
        footer = {"", "Examples:", "  wal:history points a7", "  wal:history points a7 --json"})
final class HistoryCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @Parameters(index = "1", paramLabel = "ID", description = "The id.")
    private String id;

    @Option(names = "--json", description = "Print an object a line.")
    private boolean json;

    HistoryCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        List<LoggedEntry> versions = target.log().history(target.name(), id);
        if (versions.isEmpty()) {
            throw new CommandFailedException("not found, id=" + Text.printable(id) + ", collection=" + target.name());
        }
        for (LoggedEntry version : versions) {
            if (json) {
                out.json(object -> EntryJson.write(object, version));
            } else {
                out.line(Text.line(version));
            }
        }
    }
}
