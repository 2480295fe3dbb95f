package org.seawall.core.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seawall.LogCorruptException;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/**
 * Copies the files of one log that a recovery would read: what an inspection found sound, so of an active segment what is
 * written, and nothing of a tail. The copy is inspected in turn, and has to end where the inspection of the source did.
 */
public final class ChainCopy {
    private final LogFiles from;
    private final LogFiles to;
    private final boolean perCommit;
    private final InspectionProgress progress;

    /**
     * What was copied.
     *
     * @param files files of the copy
     * @param kept those that were there already, and equal
     * @param bytes their length
     * @param entries entries in them
     * @param end where the copy ends: no other log ends there
     */
    public record Copied(int files, int kept, long bytes, long entries, String end) {}

    private record Part(Location source, long length, Location target) {}

    /**
     * A copy.
     *
     * @param from the files
     * @param to where they go
     * @param perCommit whether every commit has a segment of its own and there is no active one
     * @param progress is told how far the reading is
     */
    public ChainCopy(LogFiles from, LogFiles to, boolean perCommit, InspectionProgress progress) {
        this.from = from;
        this.to = to;
        this.perCommit = perCommit;
        this.progress = progress;
    }

    /**
     * Copies the chain from its end to its begin, so that half of it is missing what everything begins with.
     *
     * @return what was copied
     * @throws NoSuchFileException if a file of the source was moved or replaced meanwhile: do it again
     * @throws LogCorruptException if the source is not in order
     * @throws IOException if a storage fails
     */
    public Copied copy() throws IOException {
        Inspected found = inspect(from, Inspection.of(perCommit, progress));
        Head end = found.head().orElseThrow(() -> corrupt(found));
        List<Part> parts = parts(found, end);
        Collections.reverse(parts);
        removeOthers(parts);
        FileCopy copies = new FileCopy(from.fileSystem(), to.fileSystem());
        int kept = 0;
        for (Part part : parts) {
            kept += copies.copy(part.source(), part.length(), part.target()) ? 1 : 0;
        }
        boolean sealed = parts.stream().noneMatch(part -> active(part.target()));
        Inspected copy = inspect(to, Inspection.of(sealed, progress).whenSettled());
        requireSame(found, end, copy);
        long bytes = parts.stream().mapToLong(Part::length).sum();
        long entries =
                chain(copy).stream().mapToLong(file -> file.report().entries()).sum();
        return new Copied(parts.size(), kept, bytes, entries, end(copy.head().orElseThrow()));
    }

    /**
     * Where a copy ends, as {@link Copied#end} says it.
     *
     * @param copy its files, to which nobody writes
     * @param progress is told how far the reading is
     * @return the end, or empty if the files are not in order
     * @throws IOException if a directory cannot be listed
     */
    public static Optional<String> end(LogFiles copy, InspectionProgress progress) throws IOException {
        boolean sealed =
                copy.fileSystem().find(copy.layout().segments().active()).isEmpty();
        Inspected found = inspect(copy, Inspection.of(sealed, progress).whenSettled());
        return found.verdict() == Verdict.COMPLETE ? found.head().map(ChainCopy::end) : Optional.empty();
    }

    /** The chained checksum is over every batch and every header. */
    static String end(Head head) {
        return "segment=" + head.segment() + " nextSequence=" + head.nextSequence() + " chain="
                + Integer.toHexString(head.chain());
    }

    private static Inspected inspect(LogFiles files, Inspection inspection) throws IOException {
        return new LogInspection(files, inspection).run(() -> BatchSink.NONE);
    }

    private static List<InspectedFile> chain(Inspected found) {
        return found.files().subList(0, found.onChain()).stream()
                .filter(file -> file.report().verdict() != Verdict.ORPHAN)
                .toList();
    }

    private List<Part> parts(Inspected found, Head end) {
        List<Part> parts = new ArrayList<>();
        for (InspectedFile file : chain(found)) {
            FileReport report = file.report();
            boolean tail = report.verdict() == Verdict.TORN_TAIL && report.kind() == Kind.ACTIVE;
            if (report.verdict() != Verdict.COMPLETE && !tail) {
                throw corrupt(found);
            }
            long length = report.kind() == Kind.ACTIVE ? file.sound().end() : report.bytes();
            parts.add(new Part(file.location(), length, target(report.kind(), file.location(), end)));
        }
        return parts;
    }

    /** Where files cannot grow, the active segment is copied as the sealed one that it would become. */
    private Location target(Kind kind, Location file, Head end) {
        if (kind == Kind.SNAPSHOT) {
            return to.layout().snapshot();
        }
        boolean grows = to.fileSystem().capabilities().contains(Capability.APPEND);
        if (kind == Kind.ACTIVE) {
            return grows
                    ? to.layout().segments().active()
                    : to.layout().segments().segments().child(end.name());
        }
        return to.layout().segments().segments().child(file.name());
    }

    private boolean active(Location file) {
        return file.equals(to.layout().segments().active());
    }

    /** What an earlier copy left of a state that the source is not in any more. */
    private void removeOthers(List<Part> parts) throws IOException {
        Set<Location> wanted = new HashSet<>();
        parts.forEach(part -> wanted.add(part.target()));
        FileCopy copies = new FileCopy(to.fileSystem(), to.fileSystem());
        List<FileInfo> there =
                new ArrayList<>(to.fileSystem().list(to.layout().segments().segments()));
        for (Location file : List.of(
                to.layout().snapshot(),
                to.layout().segments().active(),
                to.layout().segments().next())) {
            to.fileSystem().find(file).ifPresent(there::add);
        }
        for (FileInfo info : there) {
            if (!info.directory() && !wanted.contains(info.location())) {
                copies.delete(info.location());
            }
        }
    }

    /** The same batches: the chained checksum is over all of them. */
    private void requireSame(Inspected found, Head end, Inspected copy) throws IOException {
        Optional<Head> there = copy.head();
        boolean same = copy.verdict() == Verdict.COMPLETE
                && there.isPresent()
                && there.get().chain() == end.chain()
                && there.get().nextSequence() == end.nextSequence()
                && there.get().segment() == end.segment();
        if (!same) {
            requireSourceUnchanged(found);
            throw new LogCorruptException(
                    "copy is not what was copied",
                    "sequence " + (end.nextSequence() - 1) + ", chain " + Integer.toHexString(end.chain()),
                    copy.verdict() + " " + copy.findings(),
                    0,
                    to.layout().directory().toString());
        }
    }

    /** A snapshot may have been replaced between two looks: then the copy is of two moments, and is made again. */
    private void requireSourceUnchanged(Inspected found) throws IOException {
        Inspected again = inspect(from, Inspection.of(perCommit, progress));
        if (!again.chain().equals(found.chain())) {
            throw new NoSuchFileException(
                    from.layout().directory().toString(), null, "log changed while it was copied");
        }
    }

    private LogCorruptException corrupt(Inspected found) {
        List<FileReport> findings = found.findings();
        FileReport first = findings.isEmpty() ? found.reports().get(0) : findings.get(0);
        return new LogCorruptException(
                "files are not in order, repair them first",
                Verdict.COMPLETE.toString(),
                first.verdict() + ": " + first.detail(),
                Math.max(0, first.offset()),
                first.file());
    }
}
