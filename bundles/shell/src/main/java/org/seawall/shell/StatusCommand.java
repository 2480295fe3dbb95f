package org.seawall.shell;

import java.util.List;
import java.util.Optional;
import org.seawall.CollectionStatus;
import org.seawall.DirectoryStatus;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUsage;
import org.seawall.Recovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wal:status} */
@Command(
        name = "wal:status",
        description = "Tells what state the logs and their collections are in. It waits for nothing.",
        footer = {"", "Examples:", "  wal:status", "  wal:status --log default --json"})
final class StatusCommand implements ShellCommand {
    @Option(names = "--log", paramLabel = "LOG", description = "One log; without it all of them.")
    private Optional<String> log = Optional.empty();

    @Option(names = "--json", description = "Print an array of objects.")
    private boolean json;

    private final Logs logs;

    StatusCommand(Logs logs) {
        this.logs = logs;
    }

    @Override
    public void run(Output out) {
        List<LogStatus> states = logs.status(log);
        if (json) {
            out.json(array -> {
                array.writeStartArray();
                for (LogStatus status : states) {
                    Json.status(array, status);
                }
                array.writeEndArray();
            });
        } else if (states.isEmpty()) {
            out.line("no log is configured");
        } else {
            states.forEach(status -> print(out, status));
        }
    }

    private static void print(Output out, LogStatus status) {
        out.line("log " + Text.printable(status.name()) + ": " + Text.lower(status.state()) + ", url=" + status.url()
                + ", serializer=" + status.serializer() + ", strategy=" + status.strategy());
        if (!status.detail().isEmpty()) {
            out.line("  " + Text.printable(status.detail()));
        }
        if (status.usage().memoryLimitBytes() > 0) {
            out.line("  " + usage(status.usage()));
        }
        if (status.directories().size() > 1) {
            printDirectories(out, status);
        }
        if (!status.collections().isEmpty()) {
            printCollections(out, status);
        }
    }

    private static void printDirectories(Output out, LogStatus status) {
        Table table = new Table("DIRECTORY", "STATE", ">COLLECTIONS", ">BYTES");
        for (DirectoryStatus directory : status.directories()) {
            table.row(
                    directory.url(),
                    Text.lower(directory.state()),
                    directory.collections(),
                    Text.bytes(directory.bytes()));
        }
        table.lines().forEach(line -> out.line("  " + line));
        status.directories().forEach(directory -> detail(out, directory.url(), directory.detail()));
    }

    private static void printCollections(Output out, LogStatus status) {
        Table table = new Table(
                "COLLECTION",
                "STATE",
                ">EPOCH",
                ">SEQUENCE",
                ">FLUSHED",
                ">LIVE",
                ">MEMORY",
                ">SEGMENT",
                ">BYTES",
                "RECOVERY");
        for (CollectionStatus collection : status.collections()) {
            table.row(
                    collection.name(),
                    Text.lower(collection.state()),
                    collection.epoch(),
                    collection.lastSequence(),
                    collection.flushedSequence(),
                    collection.liveEntries(),
                    Text.bytes(collection.memoryBytes()),
                    collection.activeSegment(),
                    Text.bytes(collection.activeBytes()),
                    recovery(collection));
        }
        table.lines().forEach(line -> out.line("  " + line));
        for (CollectionStatus collection : status.collections()) {
            detail(out, collection.name(), collection.detail());
            if (collection.recovery() != null) {
                detail(
                        out,
                        collection.name() + " recovery",
                        collection.recovery().detail());
            }
        }
    }

    private static String usage(LogUsage usage) {
        return "in flight " + Text.bytes(usage.inFlightBytes()) + " of " + Text.bytes(usage.inFlightLimitBytes())
                + " (held back from " + Text.bytes(usage.inFlightSoftBytes()) + "), memory "
                + Text.bytes(usage.memoryBytes()) + " of " + Text.bytes(usage.memoryLimitBytes())
                + " (held back from " + Text.bytes(usage.memorySoftBytes()) + "), appends held back "
                + usage.heldAppends();
    }

    private static void detail(Output out, String about, String detail) {
        if (!detail.isEmpty()) {
            out.line("  " + about + ": " + Text.printable(detail));
        }
    }

    private static String recovery(CollectionStatus collection) {
        if (collection.state() == LogState.RECOVERING) {
            return Text.progress(collection.progress());
        }
        Recovery recovery = collection.recovery();
        return recovery == null
                ? ""
                : Text.lower(recovery.verdict()) + ", " + recovery.entries() + " entries in " + recovery.millis()
                        + " ms";
    }
}
