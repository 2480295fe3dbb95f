package org.seawall.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wal:compact} */
@Command(
        name = "wal:compact",
        description = {
            "Merges the sealed segments of a collection into one, without what is superseded, deleted or expired, and",
            "archives them. Appends go on meanwhile. A log does this by itself with small segments."
        },
        footer = {"", "Example:", "  wal:compact digits"})
final class CompactCommand implements ShellCommand {
    @Mixin
    private final Target target;

    CompactCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        out.line("compacted up to sequence " + target.log().compact(target.name()));
    }
}
