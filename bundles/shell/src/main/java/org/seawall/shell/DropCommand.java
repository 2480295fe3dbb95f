package org.seawall.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wal:drop} */
@Command(
        name = "wal:drop",
        description = "Drops a collection with its entries and files. It does not ask again.",
        footer = {"", "Example:", "  wal:drop digits"})
final class DropCommand implements ShellCommand {
    @Mixin
    private final Target target;

    DropCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        target.log().catalog().drop(target.name());
        out.line("dropped " + target.name());
    }
}
