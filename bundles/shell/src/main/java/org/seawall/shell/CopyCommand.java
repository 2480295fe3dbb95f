package org.seawall.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.seawall.inspection.Copy;
import org.seawall.inspection.LogPlace;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:copy} */
@Command(
        name = "wal:copy",
        description = {
            "Copies a whole log to another URL, file by file, or one collection into an open log, batch by batch.",
            "The source may be open. The copy is read back and compared."
        },
        footer = {
            "",
            "A log that was copied in part is no log yet; the same command again finishes it. A collection gets",
            "new sequences in the other log; with --skip-damaged the valid batches behind damage come along.",
            "",
            "Examples:",
            "  wal:copy --to file:/backup/wal",
            "  wal:copy --url file:/backup/wal --collection digits --into default --as digits-2"
        })
final class CopyCommand implements ShellCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private final PlaceChoice choice;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(names = "--collection", paramLabel = "NAME", description = "With --into: the collection, by name or id.")
    private Optional<String> collection = Optional.empty();

    @Option(names = "--as", paramLabel = "NAME", description = "With --into: the new collection's name.")
    private Optional<String> as = Optional.empty();

    @Option(names = "--skip-damaged", description = "With --into: leave out what is damaged.")
    private boolean skipDamaged;

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    private final Logs logs;

    /** A place, or a log. */
    private static final class Target {
        @Option(names = "--to", paramLabel = "URL", description = "Copy the whole log there.")
        private Optional<String> url = Optional.empty();

        @Option(names = "--into", paramLabel = "LOG", description = "Copy one collection into this open log.")
        private Optional<String> log = Optional.empty();
    }

    CopyCommand(Logs logs) {
        this.logs = logs;
        choice = new PlaceChoice(logs);
    }

    @Override
    public void run(Output out) throws IOException, InterruptedException {
        if (target.log.isPresent()) {
            copyCollection(out);
        } else if (collection.isPresent() || as.isPresent() || skipDamaged) {
            throw new IllegalArgumentException("--collection, --as and --skip-damaged go with --into");
        } else {
            copyLog(out);
        }
    }

    private void copyLog(Output out) throws InterruptedException {
        LogPlace to = LogPlace.of(target.url.orElseThrow());
        LogPlace from = choice.place();
        Copy copy = choice.inspector().copy(from, to.withObjects(from.objects()), PlaceChoice.progress(out, json));
        if (json) {
            out.json(object -> {
                object.writeStartObject();
                object.writeNumberField("collections", copy.collections());
                object.writeNumberField("files", copy.files());
                object.writeNumberField("kept", copy.kept());
                object.writeNumberField("bytes", copy.bytes());
                object.writeNumberField("entries", copy.entries());
                object.writeEndObject();
            });
        } else {
            out.line("copied " + copy.collections() + " collections, " + copy.files() + " files ("
                    + copy.kept() + " were there), " + Text.bytes(copy.bytes()) + ", " + copy.entries()
                    + " entries, read back and equal, url=" + to.urls().get(0));
        }
    }

    private void copyCollection(Output out) throws IOException, InterruptedException {
        String name = collection.orElseThrow(() -> new IllegalArgumentException("--into needs --collection"));
        CollectionCopy copy = new CollectionCopy(choice.inspector(), choice.place(), logs.log(target.log, PATIENCE));
        CollectionCopy.Copied copied = copy.run(name, as, skipDamaged);
        if (json) {
            out.json(object -> {
                object.writeStartObject();
                object.writeStringField("collection", copied.name());
                object.writeNumberField("batches", copied.batches());
                object.writeNumberField("entries", copied.entries());
                object.writeEndObject();
            });
        } else {
            out.line("copied " + copied.batches() + " batches, " + copied.entries()
                    + " entries, read back and equal, collection=" + copied.name());
        }
    }
}
