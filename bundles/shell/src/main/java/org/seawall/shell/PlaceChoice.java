package org.seawall.shell;

import java.util.List;
import java.util.Optional;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.LogInspector;
import org.seawall.inspection.LogPlace;
import picocli.CommandLine.Option;

/** The options that say whose files are meant: those of a configured log, open or not, or those at a URL. */
final class PlaceChoice {
    @Option(
            names = "--log",
            paramLabel = "LOG",
            description = "A configured log; without it the one named default, else the only one.")
    private Optional<String> log = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "The files at a URL or in a directory instead.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--catalog",
            paramLabel = "URL",
            description = "Where the catalog is, with --url (default: in 'catalog' below it).")
    private Optional<String> catalog = Optional.empty();

    @Option(names = "--objects", description = "With --url: the log was written by the strategy 'object'.")
    private boolean objects;

    private final Logs logs;

    PlaceChoice(Logs logs) {
        this.logs = logs;
    }

    LogInspector inspector() throws InterruptedException {
        return logs.inspector();
    }

    LogPlace place() {
        if (url.isEmpty()) {
            if (catalog.isPresent() || objects) {
                throw new IllegalArgumentException("--catalog and --objects go with --url");
            }
            return logs.place(log);
        }
        if (log.isPresent()) {
            throw new IllegalArgumentException("either --log or --url");
        }
        LogPlace place = LogPlace.of(url.get());
        return new LogPlace(List.of(url.get()), catalog.orElse(place.catalogUrl()), objects);
    }

    /** Tells people how far it is; programs get nothing but what they asked for. */
    static InspectionProgress progress(Output out, boolean json) {
        return json ? InspectionProgress.NONE : new InspectionLines(out, System::nanoTime);
    }
}
