package org.seawall.shell;

import java.util.Optional;
import java.util.stream.Stream;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.LogReport;
import org.seawall.inspection.Verdict;
import org.seawall.inspection.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:verify} */
@Command(
        name = "wal:verify",
        description = {
            "Reads all files of a log, or of one collection, and gives a verdict for each. Fails if anything is",
            "not in order. It takes no lock and changes nothing; the log may be open, closed or unable to open."
        },
        footer = {
            "",
            "Verdicts: complete; orphan (never acknowledged, harmless); torn-tail (a write that was cut off and",
            "never acknowledged, cut at the next start); foreign, unreadable, format-too-new, corrupt, gap.",
            "",
            "Examples:",
            "  wal:verify",
            "  wal:verify digits --json",
            "  wal:verify --url file:/backup/wal"
        })
final class VerifyCommand implements ShellCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "One collection, by name or id.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private final PlaceChoice choice;

    @Option(names = "--all", description = "Print a line for each file, also where all is in order.")
    private boolean all;

    @Option(names = "--json", description = "Print an object with all files.")
    private boolean json;

    VerifyCommand(Logs logs) {
        choice = new PlaceChoice(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        Verification found = choice.inspector().verify(choice.place(), name, PlaceChoice.progress(out, json));
        if (json) {
            out.json(object -> InspectionJson.verification(object, found));
        } else {
            print(out, found);
        }
        if (found.verdict() != Verdict.COMPLETE) {
            throw new CommandFailedException(summary(found));
        }
    }

    private void print(Output out, Verification found) {
        Table table = new Table("COLLECTION", "VERDICT", ">FILES", ">BYTES", ">BATCHES", ">ENTRIES", ">SEQUENCE");
        logs(found)
                .forEach(log -> table.row(
                        name(log),
                        Text.lower(log.verdict()),
                        log.files().size(),
                        Text.bytes(log.files().stream()
                                .mapToLong(FileReport::bytes)
                                .sum()),
                        log.files().stream().mapToLong(FileReport::batches).sum(),
                        log.files().stream().mapToLong(FileReport::entries).sum(),
                        log.lastSequence()));
        out.lines(table.lines());
        logs(found).forEach(log -> files(out, log));
    }

    private void files(Output out, LogReport log) {
        if (!log.detail().isEmpty()) {
            out.line(name(log) + ": " + Text.printable(log.detail()));
        }
        for (FileReport file : log.files()) {
            if (all || file.verdict() != Verdict.COMPLETE) {
                String words = file.detail().isEmpty() ? "file=" + file.file() : file.detail();
                out.line(name(log) + ": " + Text.lower(file.kind()) + " " + file.number() + ", "
                        + Text.lower(file.verdict()) + ": " + Text.printable(words));
            }
        }
    }

    private static Stream<LogReport> logs(Verification found) {
        return Stream.concat(Stream.of(found.catalog()), found.collections().stream());
    }

    private static String name(LogReport log) {
        return log.name().isEmpty() ? log.id() : log.name();
    }

    private static String summary(Verification found) {
        long files = logs(found)
                .flatMap(log -> log.files().stream())
                .filter(file -> file.verdict() != Verdict.COMPLETE)
                .count();
        String worst = logs(found)
                .filter(log -> log.verdict() == found.verdict())
                .map(VerifyCommand::name)
                .findFirst()
                .orElseThrow();
        return "not in order, verdict=" + Text.lower(found.verdict()) + ", files=" + files + ", collection=" + worst;
    }
}
