package org.seawall.core.engine;

import java.io.IOException;
import java.util.Optional;
import org.seawall.SeawallException;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.SegmentHeader;

/** Looks at files that are not on the chain: each for itself. */
final class LoneFile {
    private final LogFiles files;
    private final LogLayout layout;
    private final ChainWalk.Passed passed;

    LoneFile(LogFiles files, ChainWalk.Passed passed) {
        this.files = files;
        this.layout = files.layout();
        this.passed = passed;
    }

    /** A file that is none of the log. */
    InspectedFile stranger(FileInfo file) {
        FileNotes notes = notes(file, Kind.OTHER);
        notes.found(Verdict.FOREIGN, "not the name of a segment, left alone, file=" + file.location(), -1);
        return inspected(file, notes);
    }

    /** What was written ahead of its time. */
    InspectedFile prepared(FileInfo file) {
        FileNotes notes = notes(file, Kind.PREPARED);
        notes.remark("made ready, holds nothing that was acknowledged");
        return inspected(file, notes);
    }

    /** What was replaced. */
    InspectedFile archived(FileInfo file) {
        boolean segment = Numbered.of(layout, file).isPresent();
        boolean snapshot = file.name().endsWith(layout.snapshot().name());
        if (segment || snapshot) {
            return segment(file, Kind.ARCHIVED, "");
        }
        FileNotes notes = notes(file, Kind.ARCHIVED);
        notes.remark(file.name().startsWith("torn_") ? "copy of a torn tail" : "not looked at");
        return inspected(file, notes);
    }

    /** A file that another stands for. */
    InspectedFile segment(Numbered file, Kind kind, String remark) {
        FileInfo info = new FileInfo(file.file().location(), false, file.file().size(), "");
        return segment(info, kind, remark);
    }

    /** A segment, or a snapshot, by itself. */
    InspectedFile segment(FileInfo file, Kind kind, String remark) {
        FileNotes notes = notes(file, kind);
        try (FileInput input = new BufferedInput(files.fileSystem().open(file.location()))) {
            SegmentScan scan = SegmentScan.open(input, files.readers());
            SegmentHeader header = scan.header();
            notes.number(header.segment());
            notes.epoch(header.epoch());
            new ChainRules(layout).ownSegment(header, file.location());
            Head[] at = {ChainRules.begun(scan.format(), file.name())};
            scan.readWhole((frame, offset) -> {
                if (header.covers().isEmpty()) {
                    at[0] = ChainRules.next(at[0], frame, offset, file.location());
                }
                notes.batch(frame);
                passed.bytes(frame.length(), file.location());
            });
        } catch (IOException | SeawallException e) {
            notes.found(e);
        }
        notes.remark(remark);
        return inspected(file, notes);
    }

    private static FileNotes notes(FileInfo file, Kind kind) {
        return new FileNotes(file.location(), kind, 0, file.size());
    }

    private static InspectedFile inspected(FileInfo file, FileNotes notes) {
        return new InspectedFile(file.location(), notes.report(), Optional.empty(), notes.soundPart());
    }
}
