package org.seawall.shell;

import java.util.List;
import org.seawall.Entry;
import org.seawall.SequenceRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wal:delete} */
@Command(
        name = "wal:delete",
        description = "Ends an id: it is not found any more. The entry stays in the log's history.",
        footer = {"", "Example:", "  wal:delete points a7"})
final class DeleteCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @Parameters(index = "1", paramLabel = "ID", description = "The id; deleting an unknown one is allowed.")
    private String id;

    DeleteCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        Entry delete = Entry.delete(id);
        SequenceRange range = Futures.await(target.log().append(target.name(), List.of(delete)));
        out.line("deleted " + Text.printable(id) + ", sequence=" + range.first() + ", durable");
    }
}
