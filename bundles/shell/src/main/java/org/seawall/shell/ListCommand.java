package org.seawall.shell;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seawall.CollectionStatus;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:list} */
@Command(
        name = "wal:list",
        description = "Lists the collections of a log.",
        footer = {"", "Examples:", "  wal:list", "  wal:list --json"})
final class ListCommand implements ShellCommand {
    @Mixin
    private final LogChoice choice;

    @Option(names = "--json", description = "Print an array of objects.")
    private boolean json;

    ListCommand(Logs logs) {
        choice = new LogChoice(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        WriteAheadLog log = choice.log();
        List<CollectionInfo> collections = log.catalog().list();
        if (json) {
            out.json(array -> {
                array.writeStartArray();
                for (CollectionInfo collection : collections) {
                    array.writeStartObject();
                    Json.collection(array, collection);
                    array.writeEndObject();
                }
                array.writeEndArray();
            });
        } else if (collections.isEmpty()) {
            out.line("no collections, log=" + log.name());
        } else {
            out.lines(table(log, collections).lines());
        }
    }

    private static Table table(WriteAheadLog log, List<CollectionInfo> collections) {
        Map<String, CollectionStatus> states = log.status().collections().stream()
                .collect(Collectors.toMap(CollectionStatus::name, Function.identity()));
        Table table = new Table("NAME", "KIND", ">DIMENSION", "METRIC", ">LIVE", ">SEQUENCE", "OWNER", "DESCRIPTION");
        for (CollectionInfo collection : collections) {
            CollectionSpec spec = collection.spec();
            CollectionStatus state = states.get(spec.name());
            table.row(
                    spec.name(),
                    spec.holdsPayloads() ? "payloads" : "vectors",
                    spec.holdsPayloads() ? "" : spec.dimension(),
                    spec.holdsPayloads() ? "" : Text.lower(spec.metric()),
                    state == null ? "" : state.liveEntries(),
                    state == null ? "" : state.lastSequence(),
                    spec.owner(),
                    spec.description());
        }
        return table;
    }
}
