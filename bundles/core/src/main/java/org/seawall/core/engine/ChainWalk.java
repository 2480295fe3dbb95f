package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.LogCorruptException;
import org.seawall.SeawallException;
import org.seawall.core.engine.TailCheck.Tail;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * The walk along the chain of a log that does not stop at damage. What does not hold is noted of the file that it was found
 * in, by the rules of recovery; behind it the walk goes on with what the next header says. For one thread, once.
 */
final class ChainWalk {
    private final LogFiles files;
    private final LogLayout layout;
    private final ChainRules rules;
    private final Inspection inspection;
    private final BatchSink sink;
    private final Passed passed;
    private final List<InspectedFile> walked = new ArrayList<>();
    private long released;

    /** Where the chain goes on, as long as all before is sound. */
    private Optional<Head> place;
    /** The newest segment that was met, and the name that it fixes; -1 and empty if that is not known. */
    private long number;

    private String successor;
    private boolean sound = true;

    /** Is told of bytes that were passed. */
    interface Passed {
        void bytes(long count, Location file);
    }

    ChainWalk(LogFiles files, Inspection inspection, BatchSink sink, Passed passed) {
        this.files = files;
        this.layout = files.layout();
        this.rules = new ChainRules(files.layout());
        this.inspection = inspection;
        this.sink = sink;
        this.passed = passed;
        this.place = inspection.begin(layout);
        this.number = 0;
        this.successor = place.map(Head::successor).orElse("");
    }

    List<InspectedFile> walked() {
        return walked;
    }

    Optional<Head> place() {
        return place;
    }

    /** Up to where entries have left for a sink. */
    long released() {
        return released;
    }

    /** The last segment that the snapshot covers. */
    long number() {
        return number;
    }

    /** A snapshot: the chain goes on behind it. */
    void snapshot(FileInfo file) {
        FileNotes notes = new FileNotes(file.location(), Kind.SNAPSHOT, 0, file.size());
        Optional<Head> before = place;
        lost(0);
        number = -1;
        kept(notes, header -> rules.snapshot(header, file.location()));
        met(notes, before);
    }

    /** A compacted run: the chain goes on behind the last segment that it stands for. */
    void run(Numbered file) {
        Location location = file.file().location();
        FileNotes notes =
                new FileNotes(location, Kind.RUN, file.last(), file.file().size());
        if (number >= 0 && file.first() > number + 1) {
            String name = successor.isEmpty() ? layout.prefix() + (number + 1) : successor;
            missing(
                    location.parent().child(name),
                    number + 1,
                    new GapException(name, file.name(), location.toString()));
        }
        Optional<Head> before = place;
        lost(file.last());
        kept(notes, header -> {
            if (before.isPresent()) {
                rules.run(before.get(), file, header, location);
            } else {
                rules.ownSegment(header, location);
            }
        });
        met(notes, before);
    }

    private interface HeaderRule {
        void check(SegmentHeader header);
    }

    /** Reads what was kept of segments. */
    private void kept(FileNotes notes, HeaderRule rule) {
        try (FileInput input = new BufferedInput(files.fileSystem().open(notes.file()))) {
            SegmentScan scan = SegmentScan.open(input, files.readers());
            SegmentHeader header = scan.header();
            notes.number(header.segment());
            notes.epoch(header.epoch());
            rule.check(header);
            long flushed = ChainRules.covers(header).flushed();
            if (flushed > 0) {
                released = flushed;
                notes.remark("entries up to " + flushed + " have left the log for a sink");
            }
            long[] last = {0};
            SegmentScan.Batches each = (frame, offset) -> {
                if (notes.sound()) {
                    ChainRules.kept(header, last[0], frame, new ChainRules.Place(notes.file(), offset));
                }
                last[0] = frame.header().firstSequence() + frame.batch().count() - 1;
                valid(frame, notes);
            };
            scan.read(each);
            rest(scan, notes, each);
            number = header.segment();
            successor = header.successor();
            Head behind = rules.behind(header, notes.entries(), notes.file());
            place = notes.sound() ? Optional.of(behind) : Optional.empty();
        } catch (IOException | SeawallException e) {
            notes.found(e);
        }
    }

    /** The next sealed segment by number. */
    void segment(Location file, long named) {
        FileNotes notes = new FileNotes(file, Kind.SEGMENT, named, 0);
        Optional<Head> before = place;
        try (FileInput input = new BufferedInput(files.fileSystem().open(file))) {
            notes.bytes(input.size());
            if (named(notes, file, named, input)) {
                before = place;
                lost(named);
                follow(input, notes, before);
            }
        } catch (IOException | SeawallException e) {
            notes.found(e);
        }
        met(notes, before);
    }

    /** The active segment, which was opened before the sealed ones were listed: so it is the one behind them. */
    void active(FileInput input) {
        FileNotes notes = new FileNotes(input.location(), Kind.ACTIVE, 0, input.size());
        Optional<Head> before = place;
        try {
            announced(input);
            before = place;
            lost(0);
            follow(input, notes, before);
        } catch (IOException | SeawallException e) {
            notes.found(e);
        }
        met(notes, before);
    }

    private void met(FileNotes notes, Optional<Head> before) {
        walked.add(new InspectedFile(notes.file(), notes.report(), before, notes.soundPart()));
        sound &= notes.sound() || notes.report().verdict() == Verdict.ORPHAN;
    }

    /** There should be an active segment, and is none. */
    void missingActive() {
        missing(
                layout.segments().active(),
                number + 1,
                new GapException(
                        "an active segment", "none", layout.segments().active().toString()));
    }

    /** Whether the file's name is the one that belongs here; notes what is missing before it, or that it is off the chain. */
    private boolean named(FileNotes notes, Location file, long named, FileInput input) throws IOException {
        boolean expected = successor.isEmpty() || file.name().equals(successor);
        if (!expected && inspection.perCommit() && place.isPresent() && neverAcknowledged(input, notes)) {
            return false;
        }
        if (number >= 0 && named <= number) {
            notes.found(Verdict.FOREIGN, "another segment of the same number, number=" + named + ", file=" + file, 0);
            return false;
        }
        if (number >= 0 && named > number + 1) {
            String name = successor.isEmpty() ? layout.prefix() + (number + 1) : successor;
            missing(file.parent().child(name), number + 1, new GapException(name, file.name(), file.toString()));
            number = named - 1;
        } else if (!expected) {
            notes.found(new GapException(successor, file.name(), file.toString()));
            place = Optional.empty();
        }
        return true;
    }

    /** Notes what is missing before the active segment, whose number is in its header only. */
    private void announced(FileInput input) throws IOException {
        SegmentHeader header = SegmentScan.open(input, files.readers()).header();
        boolean own = layout.id().equals(header.collection());
        if (own && number >= 0 && header.segment() > number + 1) {
            String name = successor.isEmpty() ? layout.prefix() + (number + 1) : successor;
            missing(
                    layout.segments().segments().child(name),
                    number + 1,
                    new GapException(
                            name,
                            "segment " + header.segment(),
                            input.location().toString()));
        }
    }

    private void missing(Location file, long missingNumber, GapException gap) {
        FileNotes notes = new FileNotes(file, Kind.SEGMENT, missingNumber, 0);
        notes.found(gap);
        walked.add(new InspectedFile(file, notes.report(), place, notes.soundPart()));
        sound = false;
        place = Optional.empty();
    }

    /** A segment off the chain is a commit whose predecessor never became durable, unless its writer knew better. */
    private boolean neverAcknowledged(FileInput input, FileNotes notes) throws IOException {
        try {
            SegmentScan scan = SegmentScan.open(input, files.readers());
            ChainRules.neverAcknowledged(place.orElseThrow(), scan.header(), input.location());
            scan.readWhole(
                    (frame, offset) -> ChainRules.neverAcknowledged(place.orElseThrow(), frame, input.location()));
        } catch (GapException e) {
            return false;
        }
        notes.found(
                Verdict.ORPHAN,
                "off the chain and never acknowledged, expected=" + successor + ", file=" + input.location(),
                0);
        passed.bytes(input.size(), input.location());
        return true;
    }

    /** Nothing is known behind a segment until its header was read. */
    private void lost(long named) {
        place = Optional.empty();
        successor = "";
        number = named > 0 ? named : number;
    }

    /** Reads a segment and goes on behind it. */
    private void follow(FileInput input, FileNotes notes, Optional<Head> before) throws IOException {
        Location file = input.location();
        SegmentScan scan = SegmentScan.open(input, files.readers());
        SegmentHeader header = scan.header();
        notes.number(header.segment());
        notes.epoch(header.epoch());
        if (!layout.id().equals(header.collection())) {
            String ids = "expected=" + layout.id() + ", actual=" + header.collection();
            notes.found(Verdict.FOREIGN, "segment of another log, " + ids + ", offset=0, file=" + file, 0);
            return;
        }
        Head[] at = {entered(before, scan.format(), file, notes)};
        notes.header(scan.end());
        SegmentScan.Batches each = (frame, offset) -> {
            at[0] = next(at[0], frame, offset, notes, file);
            valid(frame, notes);
        };
        scan.read(each);
        if (!notes.active() || !tail(scan, at[0].nextSequence(), notes)) {
            rest(scan, notes, each);
        }
        number = header.segment();
        successor = header.successor();
        place = notes.usable() ? Optional.of(at[0]) : Optional.empty();
    }

    /** Whether an active segment ends here. */
    private static boolean tail(SegmentScan scan, long nextSequence, FileNotes notes) throws IOException {
        Tail tail = scan.tail(nextSequence);
        if (tail == Tail.TORN) {
            notes.found(Verdict.TORN_TAIL, scan.finding().getMessage(), scan.end());
        }
        return tail != Tail.DAMAGED;
    }

    private Head entered(Optional<Head> before, SegmentFormat format, Location file, FileNotes notes) {
        if (before.isPresent()) {
            try {
                return rules.enter(before.get(), format, notes.active(), file);
            } catch (LogCorruptException e) {
                notes.found(e);
            }
        } else if (!notes.active() && number >= 0 && format.header().segment() != number) {
            notes.found(new LogCorruptException(
                    "segment out of order",
                    Long.toString(number),
                    Long.toString(format.header().segment()),
                    0,
                    file.toString()));
        }
        return ChainRules.begun(format, file.name());
    }

    /** A batch out of order is a finding; the walk goes on with what it says of itself. */
    private static Head next(Head head, FrameRead.Frame frame, long offset, FileNotes notes, Location file) {
        try {
            return ChainRules.next(head, frame, offset, file);
        } catch (LogCorruptException e) {
            if (notes.sound()) {
                notes.found(e);
            }
            long last = frame.header().firstSequence() + frame.batch().count() - 1;
            return head.withBatch(frame.checksum(), last, frame.header().epoch());
        }
    }

    /** Goes on behind damage, as often as there is any. */
    private static void rest(SegmentScan scan, FileNotes notes, SegmentScan.Batches each) throws IOException {
        while (scan.damaged()) {
            notes.found(scan.finding());
            if (!scan.skipDamage()) {
                return;
            }
            scan.read(each);
        }
    }

    private void valid(FrameRead.Frame frame, FileNotes notes) {
        notes.batch(frame);
        passed.bytes(frame.length(), notes.file());
        sink.batch(frame.header().firstSequence(), frame.batch(), sound && notes.sound());
    }
}
