package org.seawall.shell;

import java.util.Optional;
import org.seawall.CollectionStatus;
import org.seawall.LogState;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.shell.output.EntryJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:describe} */
@Command(
        name = "wal:describe",
        description = "Tells what a collection is and what state it is in.",
        footer = {"", "Example:", "  wal:describe digits"})
final class DescribeCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    DescribeCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        WriteAheadLog log = target.log();
        CollectionInfo collection = target.find(log);
        Optional<CollectionStatus> status = log.status().collections().stream()
                .filter(one -> one.name().equals(collection.name()))
                .findFirst();
        if (!json) {
            out.lines(facts(collection, status)
                    .add("in effect", Text.map(log.settings(collection.name())))
                    .lines());
            return;
        }
        out.json(object -> {
            object.writeStartObject();
            object.writeStringField("log", log.name());
            Json.collection(object, collection);
            EntryJson.values(object, "settingsInEffect", log.settings(collection.name()));
            if (status.isPresent()) {
                Json.status(object, status.get());
            }
            object.writeEndObject();
        });
    }

    private static Facts facts(CollectionInfo collection, Optional<CollectionStatus> status) {
        CollectionSpec spec = collection.spec();
        Facts facts = new Facts()
                .add("name", spec.name())
                .add("id", collection.id())
                .add("kind", spec.holdsPayloads() ? "payloads" : "vectors")
                .add("dimension", spec.holdsPayloads() ? "" : spec.dimension())
                .add("metric", spec.holdsPayloads() ? "" : Text.lower(spec.metric()))
                .add("description", spec.description())
                .add("owner", spec.owner())
                .add("tags", Text.map(spec.tags()))
                .add("settings", Text.map(spec.settings()))
                .add("created", collection.created())
                .add("updated", collection.updated());
        status.ifPresent(state -> facts.add("url", state.url())
                .add("state", Text.lower(state.state()))
                .add("detail", state.detail())
                .add("epoch", state.epoch())
                .add("sequence", state.lastSequence())
                .add("flushed", state.flushedSequence())
                .add("live", state.liveEntries())
                .add("memory", Text.bytes(state.memoryBytes()))
                .add("log", Text.bytes(state.logBytes()))
                .add("recovered", recovered(state))
                .add("segment", state.activeSegment() + ", " + Text.bytes(state.activeBytes())));
        return facts;
    }

    private static String recovered(CollectionStatus status) {
        return status.state() == LogState.RECOVERING ? Text.progress(status.progress()) : "";
    }
}
