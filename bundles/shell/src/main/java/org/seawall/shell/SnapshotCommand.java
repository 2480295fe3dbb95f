package org.seawall.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wal:snapshot} */
@Command(
        name = "wal:snapshot",
        description = {
            "Writes the live entries of a collection to its snapshot and archives the segments that it covers.",
            "Appends go on meanwhile. A log does this by itself after some bytes, see snapshotBytes."
        },
        footer = {"", "Example:", "  wal:snapshot digits"})
final class SnapshotCommand implements ShellCommand {
    @Mixin
    private final Target target;

    SnapshotCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        out.line("snapshot of the live entries up to sequence " + target.log().snapshot(target.name()));
    }
}
