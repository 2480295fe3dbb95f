package org.seawall.core.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/**
 * Reads all files of one log, of a collection or a catalog, and says of each what recovery would: those of the chain first,
 * then the rest. Changes nothing.
 *
 * <p>Somebody may write meanwhile: a segment is sealed or archived, a snapshot is replaced, a batch is half written. So what
 * is found is looked for again after a moment, and believed once it is found again.
 */
public final class LogInspection {
    private static final int LOOKS = 8;
    private static final long PAUSE_MILLIS = 100;

    private final LogFiles files;
    private final LogLayout layout;
    private final Inspection inspection;

    /**
     * An inspection.
     *
     * @param files which they are
     * @param inspection how they are read
     */
    public LogInspection(LogFiles files, Inspection inspection) {
        this.files = files;
        this.layout = files.layout();
        this.inspection = inspection;
    }

    /**
     * Reads everything.
     *
     * @param sinks makes a taker of the batches for each time that the files are read: the last one counts
     * @return what was found
     * @throws IOException if a directory cannot be listed, or the active segment is another one at every look
     */
    public Inspected run(Supplier<BatchSink> sinks) throws IOException {
        Inspected found = look(sinks);
        for (int looks = 1; !inspection.settled() && found.verdict() != Verdict.COMPLETE; looks++) {
            pause();
            Inspected again = look(sinks);
            if (again.findings().equals(found.findings())) {
                return again;
            }
            if (looks == LOOKS) {
                return again.believing(found.findings());
            }
            found = again;
        }
        return found;
    }

    /** A file that is cut, as sealing does, or moved between its name and its bytes is looked at again. */
    private Inspected look(Supplier<BatchSink> sinks) throws IOException {
        for (int looks = 1; ; looks++) {
            try {
                return pass(sinks.get());
            } catch (EOFException | NoSuchFileException e) {
                if (inspection.settled() || looks == LOOKS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted, log=" + layout.directory());
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /**
     * One pass. The active segment is opened before the sealed ones are listed, and read through what was opened, so that it
     * may be sealed meanwhile; the snapshot is looked for after that, so that it may take the place of listed segments.
     */
    private Inspected pass(BatchSink sink) throws IOException {
        Set<Location> before = locations(filesIn(layout.segments().segments()));
        try (OpenActive active = OpenActive.of(files, inspection)) {
            List<FileInfo> sealed = filesIn(layout.segments().segments()).stream()
                    .filter(file -> number(file) < active.number() || before.contains(file.location()))
                    .toList();
            Optional<FileInfo> snapshot = files.fileSystem().find(layout.snapshot());
            List<FileInfo> archived = archived();
            Done done = new Done(List.of(snapshot.stream().toList(), sealed, archived), active.size());
            ChainWalk walk = new ChainWalk(files, inspection, sink, done);
            LoneFile lone = new LoneFile(files, done);
            snapshot.ifPresent(walk::snapshot);
            List<InspectedFile> rest = new ArrayList<>(sealed(sealed, snapshot.isPresent(), walk, lone));
            active.input().ifPresentOrElse(walk::active, () -> missingActive(walk));
            Optional<Head> end = walk.place();
            prepared(active.location()).forEach(file -> rest.add(lone.prepared(file)));
            archived.forEach(file -> rest.add(lone.archived(file)));
            List<InspectedFile> all = new ArrayList<>(walk.walked());
            all.addAll(rest);
            return new Inspected(all, walk.walked().size(), end, walk.released());
        }
    }

    /** Walks along the sealed files, and returns what is said of those that are not on the way. */
    private List<InspectedFile> sealed(List<FileInfo> sealed, boolean snapshot, ChainWalk walk, LoneFile lone) {
        List<InspectedFile> rest = new ArrayList<>();
        List<Numbered> numbered = new ArrayList<>();
        for (FileInfo file : sealed) {
            Optional<Numbered> named = Numbered.of(layout, file);
            if (named.isPresent() && inspection.perCommit() && BegunSegment.is(file.size(), files.fileSystem())) {
                // created, and not appended to yet
                rest.add(lone.prepared(file));
            } else {
                named.ifPresentOrElse(numbered::add, () -> rest.add(lone.stranger(file)));
            }
        }
        Way way = Way.behind(snapshot ? Math.max(0, walk.number()) : 0, numbered);
        for (Numbered file : way.files()) {
            if (file.run()) {
                walk.run(file);
            } else {
                walk.segment(file.file().location(), file.first());
            }
        }
        String remark = "covered by a snapshot or a compacted run, goes to the archive unless it is a fence";
        way.replaced().forEach(file -> rest.add(lone.segment(file, Kind.SEGMENT, remark)));
        return rest;
    }

    private void missingActive(ChainWalk walk) {
        if (!inspection.perCommit()) {
            walk.missingActive();
        }
    }

    private static Set<Location> locations(List<FileInfo> files) {
        return files.stream().map(FileInfo::location).collect(Collectors.toSet());
    }

    /** The first segment that a file stands for. */
    private long number(FileInfo file) {
        return Numbered.of(layout, file).map(Numbered::first).orElse(-1L);
    }

    private List<FileInfo> filesIn(Location directory) throws IOException {
        return files.fileSystem().list(directory).stream()
                .filter(info -> !info.directory())
                .sorted(Comparator.comparing(this::number).thenComparing(FileInfo::name))
                .toList();
    }

    private List<FileInfo> prepared(Optional<Location> active) throws IOException {
        String begin = layout.segments().active().name();
        return files.fileSystem().list(layout.directory()).stream()
                .filter(info -> !info.directory())
                .filter(info -> !active.equals(Optional.of(info.location())))
                .filter(info -> info.name().startsWith(begin)
                        || info.location().equals(layout.segments().next()))
                .toList();
    }

    private List<FileInfo> archived() throws IOException {
        List<FileInfo> archived = new ArrayList<>();
        for (FileInfo generation : files.fileSystem().list(layout.archive())) {
            if (generation.directory()) {
                archived.addAll(filesIn(generation.location()));
            }
        }
        return archived;
    }

    /** How many bytes were passed, of all that there are. */
    private final class Done implements ChainWalk.Passed {
        private final long total;
        private long passed;

        private Done(List<List<FileInfo>> all, long activeBytes) {
            total = activeBytes
                    + all.stream()
                            .flatMap(List::stream)
                            .mapToLong(FileInfo::size)
                            .sum();
        }

        @Override
        public void bytes(long count, Location file) {
            passed += count;
            inspection.progress().progress(Math.min(passed, total), total, file.toString());
        }
    }
}
