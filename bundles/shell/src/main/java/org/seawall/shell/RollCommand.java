package org.seawall.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wal:roll} */
@Command(
        name = "wal:roll",
        description = "Seals the active segment of a collection and begins the next one.",
        footer = {"", "Example:", "  wal:roll digits"})
final class RollCommand implements ShellCommand {
    @Mixin
    private final Target target;

    RollCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        out.line(target.log()
                .roll(target.name())
                .map(file -> "sealed " + file)
                .orElse("nothing to seal: the active segment holds no entry"));
    }
}
