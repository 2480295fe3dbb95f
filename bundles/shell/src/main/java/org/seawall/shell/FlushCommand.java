package org.seawall.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wal:flush} */
@Command(
        name = "wal:flush",
        description = {
            "Flushes a collection to the sink of its log, such as VIPER: what was acknowledged before leaves the log for it.",
            "Appends go on meanwhile. A log does this by itself after some bytes or time, see flushBytes and flushMillis."
        },
        footer = {"", "Example:", "  wal:flush digits"})
final class FlushCommand implements ShellCommand {
    @Mixin
    private final Target target;

    FlushCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        out.line("flushed up to sequence " + target.log().flush(target.name()));
    }
}
