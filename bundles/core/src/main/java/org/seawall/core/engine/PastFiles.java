package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.SegmentHeader;

/** All snapshots, runs and segments of a log that are there, the archived ones too. For one thread. */
final class PastFiles {
    private final Backend backend;
    private final LogLayout layout;
    private final List<FileInfo> snapshots = new ArrayList<>();
    private final List<Numbered> runs = new ArrayList<>();
    private final Map<String, Numbered> segments = new HashMap<>();
    private final Map<Location, SegmentHeader> headers = new HashMap<>();

    private PastFiles(Backend backend, LogLayout layout) {
        this.backend = backend;
        this.layout = layout;
    }

    static PastFiles find(Backend backend, LogLayout layout) throws IOException {
        PastFiles files = new PastFiles(backend, layout);
        FileSystem fileSystem = backend.fileSystem();
        fileSystem.find(layout.snapshot()).ifPresent(files::add);
        fileSystem.list(layout.segments().segments()).forEach(files::add);
        for (FileInfo generation : new Archive(fileSystem, layout).generations()) {
            fileSystem.list(generation.location()).forEach(files::add);
        }
        files.runs.sort(Numbered.ORDER);
        return files;
    }

    private void add(FileInfo info) {
        if (info.name().equals(layout.snapshot().name())) {
            snapshots.add(info);
        }
        Numbered.of(layout, info).ifPresent(file -> {
            if (file.run()) {
                runs.add(file);
            } else {
                segments.putIfAbsent(file.name(), file);
            }
        });
    }

    /** The snapshots, the one with the farthest reach first. */
    List<FileInfo> snapshots() throws IOException {
        Map<FileInfo, Long> reach = new HashMap<>();
        for (FileInfo snapshot : snapshots) {
            reach.put(snapshot, lastSequence(header(snapshot.location())));
        }
        return snapshots.stream()
                .sorted(Comparator.comparing((FileInfo info) -> reach.get(info)).reversed())
                .toList();
    }

    /** The runs that begin with a segment, the one with the farthest reach first. */
    List<Numbered> runsFrom(long segment) {
        return runs.stream().filter(run -> run.first() == segment).toList();
    }

    List<Numbered> runs() {
        return runs;
    }

    Optional<Numbered> segment(String name) {
        return Optional.ofNullable(segments.get(name));
    }

    SegmentHeader header(Numbered file) throws IOException {
        return header(file.file().location());
    }

    SegmentHeader header(Location file) throws IOException {
        SegmentHeader known = headers.get(file);
        if (known == null) {
            known = backend.headerOf(file);
            headers.put(file, known);
        }
        return known;
    }

    static long lastSequence(SegmentHeader header) {
        return header.covers().orElseThrow().lastSequence();
    }
}
