package org.seawall.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.catalog.CollectionSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:update} */
@Command(
        name = "wal:update",
        description = "Changes what a collection says of itself. What is not named stays.",
        footer = {"", "Example:", "  wal:update digits --owner ops --tag team=blue --untag draft"})
final class UpdateCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @Option(names = "--description", paramLabel = "TEXT", description = "A word for people.")
    private Optional<String> description = Optional.empty();

    @Option(names = "--owner", paramLabel = "TEXT", description = "Whom to ask.")
    private Optional<String> owner = Optional.empty();

    @Option(names = "--tag", paramLabel = "K=V", description = "Sets a tag; may be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(names = "--untag", paramLabel = "K", description = "Removes a tag; may be repeated.")
    private List<String> untags = new ArrayList<>();

    @Option(
            names = "--setting",
            paramLabel = "K=V",
            description = "Overrides the log's configuration; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--unset", paramLabel = "K", description = "Removes a setting; may be repeated.")
    private List<String> unsets = new ArrayList<>();

    UpdateCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        if (description.isEmpty()
                && owner.isEmpty()
                && tags.isEmpty()
                && untags.isEmpty()
                && settings.isEmpty()
                && unsets.isEmpty()) {
            throw new IllegalArgumentException("nothing to change, see wal:update --help");
        }
        target.log().catalog().update(target.name(), this::changed);
        out.line("updated " + target.name());
    }

    private CollectionSpec changed(CollectionSpec spec) {
        return spec.withDescription(description.orElse(spec.description()))
                .withOwner(owner.orElse(spec.owner()))
                .withTags(merged(spec.tags(), tags, untags))
                .withSettings(merged(spec.settings(), settings, unsets));
    }

    private static Map<String, String> merged(
            Map<String, String> present, Map<String, String> added, Collection<String> removed) {
        Map<String, String> merged = new LinkedHashMap<>(present);
        merged.keySet().removeAll(removed);
        merged.putAll(added);
        return merged;
    }
}
