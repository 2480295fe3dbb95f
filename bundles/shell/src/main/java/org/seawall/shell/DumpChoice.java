package org.seawall.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.LogReport;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which files are dumped: one by its path or URL, or those of a collection that a recovery reads, in its order. */
final class DumpChoice {
    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    private static final Set<Kind> READ = EnumSet.of(Kind.SNAPSHOT, Kind.RUN, Kind.SEGMENT, Kind.ACTIVE);

    @Parameters(
            index = "0",
            paramLabel = "FILE|NAME",
            description = {
                "A segment file, by its path on this machine or a URL that a file system serves; or a collection, by",
                "name or id."
            })
    private String what;

    @Mixin
    private final PlaceChoice place;

    private final FileSystems fileSystems;

    DumpChoice(Logs logs, FileSystems fileSystems) {
        this.place = new PlaceChoice(logs);
        this.fileSystems = fileSystems;
    }

    /** The files, by path or URL. */
    List<String> files() throws InterruptedException {
        if (file()) {
            return List.of(what);
        }
        return place
                .inspector()
                .verify(place.place(), Optional.of(what), InspectionProgress.NONE)
                .collections()
                .stream()
                .map(LogReport::files)
                .flatMap(List::stream)
                .filter(report -> READ.contains(report.kind()))
                .map(FileReport::file)
                .toList();
    }

    private boolean file() {
        return URL.matcher(what).matches()
                || what.contains("/")
                || what.endsWith(".avro")
                || Files.exists(Path.of(what));
    }

    /** A local file is read also while no file system is there. */
    FileInput open(String file) throws IOException {
        if (!URL.matcher(file).matches()) {
            return new ChannelInput(Path.of(file));
        }
        Location location = Location.parse(file);
        Optional<FileSystem> files = fileSystems.serving(location.scheme());
        if (files.isPresent()) {
            return files.get().open(location);
        }
        if (location.scheme().equals("file")) {
            return new ChannelInput(Path.of(location.path()));
        }
        throw new CommandFailedException(
                "no file system serves the URL, scheme=" + location.scheme() + ", url=" + file);
    }
}
