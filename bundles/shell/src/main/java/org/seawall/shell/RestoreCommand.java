package org.seawall.shell;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.seawall.CollectionView;
import org.seawall.PointInTime;
import org.seawall.WriteAheadLog;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:restore} */
@Command(
        name = "wal:restore",
        description = {
            "Brings back a collection as it was at a sequence or a moment: into a new collection, or in place by",
            "appending what makes it so. What is appended is in the log like anything else, and so can be undone."
        },
        footer = {
            "",
            "In place it is not one step: a restore that broke off is finished by the same command.",
            "",
            "Examples:",
            "  wal:restore digits --to-sequence 4000 --as digits-then",
            "  wal:restore digits --to-time 2025-06-28T14:20:00Z --in-place --dry-run"
        })
final class RestoreCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @ArgGroup(multiplicity = "1")
    private Point point;

    @Option(names = "--as", paramLabel = "NAME", description = "The new collection (default: NAME-SEQUENCE).")
    private Optional<String> as = Optional.empty();

    @Option(names = "--in-place", description = "Change the collection itself.")
    private boolean inPlace;

    @Option(names = "--dry-run", description = "Append nothing, only print how much it would be.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    /** A sequence or a moment. */
    private static final class Point {
        @Option(names = "--to-sequence", paramLabel = "N", description = "Behind the entry of this sequence.")
        private Optional<Long> sequence = Optional.empty();

        @Option(names = "--to-time", paramLabel = "TIME", description = "At a moment, as 2025-06-28T14:20:00Z.")
        private Optional<String> time = Optional.empty();
    }

    RestoreCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        if (inPlace && as.isPresent()) {
            throw new IllegalArgumentException("either --as or --in-place");
        }
        WriteAheadLog log = target.log();
        Restore restore = new Restore(log, dryRun);
        try (CollectionView then = log.view(target.name(), at())) {
            String name = inPlace ? target.name() : as.orElse(target.name() + "-" + then.sequence());
            Restore.Restored restored =
                    inPlace ? restore.inPlace(target.find(log), then) : restore.into(target.find(log), name, then);
            print(out, restored, name, then);
        }
    }

    private PointInTime at() {
        if (point.sequence.isPresent()) {
            return PointInTime.atSequence(point.sequence.get());
        }
        String time = point.time.orElseThrow();
        try {
            return PointInTime.atMoment(Instant.parse(time));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a moment, expected such as 2025-06-28T14:20:00Z, time=" + time, e);
        }
    }

    private void print(Output out, Restore.Restored restored, String name, CollectionView then) {
        if (json) {
            out.json(object -> {
                object.writeStartObject();
                object.writeStringField("collection", name);
                object.writeNumberField("sequence", then.sequence());
                object.writeStringField("moment", then.moment().toString());
                object.writeNumberField("puts", restored.puts());
                object.writeNumberField("deletes", restored.deletes());
                object.writeBooleanField("dryRun", dryRun);
                object.writeEndObject();
            });
        } else {
            out.line((dryRun ? "would restore " : "restored ") + name + " as it was at sequence " + then.sequence()
                    + ": " + restored.puts() + " puts, " + restored.deletes() + " deletes");
        }
    }
}
