package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seawall.PastUnavailableException;
import org.seawall.PointInTime;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * Looks for files that a log's past can be read from: from the nearest snapshot before the point, or from the log's begin,
 * along the chain. A snapshot or a compacted run helps only if nothing in it is behind the point, since it lacks what was
 * superseded in it; then the segments that it stands for have to be in the archive. For one thread.
 */
final class PastSearch {
    private final Backend backend;
    private final LogLayout layout;
    private final SegmentHeader tail;
    private final PastFiles there;

    /**
     * A search over everything before a place.
     *
     * @param tail the place where the log goes on; everything before it is in sealed segments
     */
    PastSearch(Backend backend, LogLayout layout, SegmentHeader tail) throws IOException {
        this.backend = backend;
        this.layout = layout;
        this.tail = tail;
        this.there = PastFiles.find(backend, layout);
    }

    /**
     * The files for a point.
     *
     * @throws PastUnavailableException if they are not there any more; names the oldest point behind it that can be had
     */
    Past find(PointInTime at) throws IOException {
        Optional<Past> found = search(at);
        if (found.isPresent()) {
            return found.get();
        }
        for (PointInTime later : pointsBehind(at)) {
            Optional<Past> past = search(later);
            if (past.isPresent()) {
                throw unavailable(at, later, past.get().sequence());
            }
        }
        for (FileInfo snapshot : there.snapshots()) {
            SegmentHeader header = there.header(snapshot.location());
            if (released(header)) {
                throw new PastUnavailableException(
                        "entries have left the log for a sink, which holds the present only, asked=" + at + ", flushed="
                                + ChainRules.covers(header).flushed() + ", log=" + layout.directory(),
                        last() + 1);
            }
        }
        throw unavailable(at, PointInTime.atSequence(last()), last());
    }

    private static boolean released(SegmentHeader header) {
        return ChainRules.covers(header).flushed() > 0;
    }

    private PastUnavailableException unavailable(PointInTime at, PointInTime later, long sequence) {
        return new PastUnavailableException(
                "the archive does not hold that point any more, asked=" + at + ", oldest=" + later + ", oldestSequence="
                        + sequence + ", log=" + layout.directory(),
                sequence);
    }

    private long last() {
        return PastFiles.lastSequence(tail);
    }

    private Optional<Past> search(PointInTime at) throws IOException {
        if (at instanceof PointInTime.AtSequence point && point.sequence() == 0) {
            return Optional.of(new Past(Optional.empty(), List.of(), 0));
        }
        for (FileInfo snapshot : there.snapshots()) {
            SegmentHeader header = there.header(snapshot.location());
            if (usable(header, at)) {
                Optional<Past> past = along(Optional.of(snapshot), header.segment(), header.successor(), at);
                if (past.isPresent()) {
                    return past;
                }
            }
        }
        return along(Optional.empty(), 0, layout.firstName(), at);
    }

    private static boolean usable(SegmentHeader header, PointInTime at) {
        if (released(header)) {
            return false; // it lacks what has left for a sink
        }
        return at instanceof PointInTime.AtMoment point
                ? header.createdMillis() <= point.moment().toEpochMilli()
                : PastFiles.lastSequence(header) <= ((PointInTime.AtSequence) at).sequence();
    }

    /** The way from a base to the point, or empty if something between them is missing. */
    private Optional<Past> along(Optional<FileInfo> base, long covered, String firstName, PointInTime at)
            throws IOException {
        List<Numbered> files = new ArrayList<>();
        long segment = covered;
        Optional<Numbered> next = next(segment, firstName, at);
        while (next.isPresent()) {
            SegmentHeader header = there.header(next.get());
            files.add(next.get());
            segment = header.segment();
            next = next(segment, header.successor(), at);
        }
        int known = files.size();
        while (!files.isEmpty() && behind(there.header(files.get(files.size() - 1)), at)) {
            files.remove(files.size() - 1);
        }
        boolean reached = files.size() < known || segment >= tail.segment();
        return reached ? Optional.of(new Past(base, files, sequence(base, files, at))) : Optional.empty();
    }

    private Optional<Numbered> next(long segment, String name, PointInTime at) throws IOException {
        if (segment >= tail.segment()) {
            return Optional.empty();
        }
        for (Numbered run : there.runsFrom(segment + 1)) {
            if (usable(there.header(run), at)) {
                return Optional.of(run);
            }
        }
        return there.segment(name);
    }

    private static boolean behind(SegmentHeader header, PointInTime at) {
        return at instanceof PointInTime.AtMoment point
                ? header.createdMillis() > point.moment().toEpochMilli()
                : header.firstSequence() > ((PointInTime.AtSequence) at).sequence();
    }

    private long sequence(Optional<FileInfo> base, List<Numbered> files, PointInTime at) throws IOException {
        if (at instanceof PointInTime.AtSequence point) {
            return Math.min(point.sequence(), last());
        }
        if (files.isEmpty()) {
            return base.isPresent()
                    ? PastFiles.lastSequence(there.header(base.get().location()))
                    : 0;
        }
        Numbered newest = files.get(files.size() - 1);
        return newest.run()
                ? PastFiles.lastSequence(there.header(newest))
                : lastWritten(newest, ((PointInTime.AtMoment) at).moment());
    }

    /** The last sequence of a segment that was committed at a moment or before it. */
    private long lastWritten(Numbered segment, Instant moment) throws IOException {
        try (FileInput input =
                new BufferedInput(backend.fileSystem().open(segment.file().location()))) {
            SegmentScan scan = SegmentScan.open(input, backend);
            long[] last = {scan.header().firstSequence() - 1};
            // what is not valid is found by the reader of all that comes before it
            scan.read((frame, offset) -> {
                if (frame.header().writtenMillis() <= moment.toEpochMilli()) {
                    last[0] = frame.header().firstSequence() + frame.batch().count() - 1;
                }
            });
            return last[0];
        }
    }

    /** Points that snapshots and runs stand for, behind a point, the nearest first. */
    private List<PointInTime> pointsBehind(PointInTime at) throws IOException {
        List<SegmentHeader> headers = new ArrayList<>();
        for (FileInfo snapshot : there.snapshots()) {
            headers.add(there.header(snapshot.location()));
        }
        for (Numbered run : there.runs()) {
            headers.add(there.header(run));
        }
        return headers.stream()
                .filter(header -> !usable(header, at))
                .sorted(Comparator.comparingLong(PastFiles::lastSequence))
                .<PointInTime>map(header -> at instanceof PointInTime.AtMoment
                        ? PointInTime.atMoment(Instant.ofEpochMilli(header.createdMillis()))
                        : PointInTime.atSequence(PastFiles.lastSequence(header)))
                .toList();
    }
}
