package org.seawall.shell;

import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.shell.output.EntryJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:get} */
@Command(
        name = "wal:get",
        description = "Prints the newest version of an id. Fails if it is not live.",
        footer = {"", "Examples:", "  wal:get points a7", "  wal:get points a7 --json"})
final class GetCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @Parameters(index = "1", paramLabel = "ID", description = "The id.")
    private String id;

    @Option(names = "--json", description = "Print an object with all components and the payload in base64.")
    private boolean json;

    GetCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        LoggedEntry found = target.log()
                .get(target.name(), id)
                .orElseThrow(() -> new CommandFailedException(
                        "not found, id=" + Text.printable(id) + ", collection=" + target.name()));
        if (json) {
            out.json(object -> EntryJson.write(object, found));
        } else {
            out.lines(facts(found).lines());
        }
    }

    private static Facts facts(LoggedEntry found) {
        Entry entry = found.entry();
        boolean vector = entry.vector().length > 0;
        return new Facts()
                .add("id", entry.id())
                .add("sequence", found.sequence())
                .add("timestamp", Text.time(entry.timestampMillis()))
                .add("expires", entry.expiresAtMillis() == 0 ? "" : Text.time(entry.expiresAtMillis()))
                .add("dimension", vector ? entry.vector().length : "")
                .add("vector", vector ? Text.vector(entry.vector()) : "")
                .add("payload", entry.payload().length == 0 ? "" : Text.payload(entry.payload()))
                .add("metadata", Text.map(entry.metadata()));
    }
}
