package org.seawall.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import org.seawall.inspection.Repair;
import org.seawall.inspection.RepairOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:repair} */
@Command(
        name = "wal:repair",
        description = {
            "Repairs the files of a log that is closed. By itself it cuts off a write that was cut off already and",
            "never acknowledged; more only with the options. A copy of every file that it touches is made first, in",
            "'repair' beside it. Fails if something is left that is not in order."
        },
        footer = {
            "",
            "The log has to be closed, also in this container: take its configuration away first, or run it in a",
            "container without one. What --truncate gives up can be read before: wal:copy --skip-damaged.",
            "",
            "Examples:",
            "  wal:repair --url data/wal --dry-run",
            "  wal:repair digits --url data/wal --truncate"
        })
final class RepairCommand implements ShellCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "One collection, by name or id, or 'catalog'.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private final PlaceChoice choice;

    @Option(names = "--truncate", description = "Give up everything behind the first damage of a collection.")
    private boolean truncate;

    @Option(names = "--drop-orphans", description = "Remove files that were never acknowledged.")
    private boolean dropOrphans;

    @Option(names = "--dry-run", description = "Change nothing, only say what would be done.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    RepairCommand(Logs logs) {
        choice = new PlaceChoice(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        RepairOptions options = new RepairOptions(name, truncate, dropOrphans, dryRun);
        Repair repair = choice.inspector().repair(choice.place(), options, PlaceChoice.progress(out, json));
        if (json) {
            out.json(object -> write(object, repair));
        } else {
            print(out, repair);
        }
        if (!repair.left().isEmpty()) {
            throw new CommandFailedException("not all is in order, left="
                    + repair.left().size() + ": " + Text.printable(repair.left().get(0)));
        }
    }

    private static void print(Output out, Repair repair) {
        String would = repair.dryRun() ? "would " : "";
        for (Repair.Step step : repair.steps()) {
            String given = step.entries() == 0
                    ? ""
                    : ", given up: " + step.batches() + " batches, " + step.entries() + " entries, sequences "
                            + step.firstSequence() + ".." + step.lastSequence();
            out.line(step.name() + ": " + would + Text.lower(step.action()) + given + ", files="
                    + step.files().size() + ", copies=" + step.copies());
            out.line("  " + Text.printable(step.detail()));
        }
        repair.left().forEach(line -> out.line("left " + Text.printable(line)));
        if (repair.steps().isEmpty() && repair.left().isEmpty()) {
            out.line("nothing to repair");
        }
    }

    private static void write(JsonGenerator json, Repair repair) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("dryRun", repair.dryRun());
        json.writeArrayFieldStart("steps");
        for (Repair.Step step : repair.steps()) {
            json.writeStartObject();
            json.writeStringField("name", step.name());
            json.writeStringField("action", Text.lower(step.action()));
            json.writeArrayFieldStart("files");
            for (String file : step.files()) {
                json.writeString(file);
            }
            json.writeEndArray();
            json.writeStringField("copies", step.copies());
            json.writeNumberField("batches", step.batches());
            json.writeNumberField("entries", step.entries());
            json.writeNumberField("firstSequence", step.firstSequence());
            json.writeNumberField("lastSequence", step.lastSequence());
            json.writeStringField("detail", step.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("left");
        for (String line : repair.left()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
