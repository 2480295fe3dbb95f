package org.seawall.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.catalog.Catalog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:create} */
@Command(
        name = "wal:create",
        description = "Creates a collection.",
        footer = {
            "",
            "Examples:",
            "  wal:create digits --dimension 784 --metric l2",
            "  wal:create goods --dimension 4 --metric cosine --column price:double --column color:string",
            "  wal:create events --payloads --owner ops --tag team=blue",
            "  wal:create faces --dimension 512 --url file:/disk2/wal"
        })
final class CreateCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @ArgGroup(multiplicity = "1")
    private Kind kind;

    @Option(names = "--metric", defaultValue = "L2", description = "How vectors are compared: l2, cosine or dot.")
    private Metric metric;

    @Option(names = "--description", paramLabel = "TEXT", defaultValue = "", description = "A word for people.")
    private String description;

    @Option(names = "--owner", paramLabel = "TEXT", defaultValue = "", description = "Whom to ask.")
    private String owner;

    @Option(names = "--tag", paramLabel = "K=V", description = "A word to find it by; may be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--setting",
            paramLabel = "K=V",
            description = "Overrides the log's configuration; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--column",
            paramLabel = "NAME:TYPE",
            description =
                    "A field of metadata with a typed column where entries are flushed to: string, long, double or"
                            + " boolean; may be repeated. Filters on it are fast. To change it: wal:update --setting columns=…")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "One of the log's directories; without it the one with the least in it.")
    private Optional<String> url = Optional.empty();

    /** What the collection holds. */
    private static final class Kind {
        @Option(names = "--dimension", required = true, paramLabel = "N", description = "Vectors of N components.")
        private Integer dimension;

        @Option(names = "--payloads", required = true, description = "Opaque payloads instead of vectors.")
        private boolean payloads;
    }

    private Map<String, String> withColumns() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (!columns.isEmpty()) {
            all.merge(CollectionSpec.COLUMNS, String.join(",", columns), (some, more) -> some + "," + more);
        }
        return all;
    }

    CreateCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        CollectionSpec spec = kind.payloads
                ? CollectionSpec.payloads(target.name())
                : CollectionSpec.vectors(target.name(), kind.dimension, metric);
        CollectionSpec wanted = spec.withDescription(description)
                .withOwner(owner)
                .withTags(tags)
                .withSettings(withColumns());
        Catalog catalog = target.log().catalog();
        CollectionInfo created = url.isPresent() ? catalog.create(wanted, url.get()) : catalog.create(wanted);
        String kindOf =
                kind.payloads ? "payloads" : "vectors, dimension=" + kind.dimension + ", metric=" + Text.lower(metric);
        out.line("created " + created.name() + ", " + kindOf + ", id=" + created.id());
    }
}
