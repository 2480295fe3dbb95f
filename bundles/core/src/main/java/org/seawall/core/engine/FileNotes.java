package org.seawall.core.engine;

import java.io.IOException;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.SeawallException;
import org.seawall.core.engine.InspectedFile.Sound;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.FrameRead;

/** What is noted of a file while it is read. Of several findings the first one stays, and the number of the others. */
final class FileNotes {
    private final Location file;
    private final Kind kind;
    private long number;
    private long bytes;
    private long batches;
    private long entries;
    private long first;
    private long last;
    private long epoch;
    private Verdict verdict = Verdict.COMPLETE;
    private String detail = "";
    private long offset = -1;
    private int more;
    private Sound sound = Sound.NOTHING;

    FileNotes(Location file, Kind kind, long number, long bytes) {
        this.file = file;
        this.kind = kind;
        this.number = number;
        this.bytes = bytes;
    }

    void number(long segment) {
        number = segment;
    }

    void bytes(long size) {
        bytes = size;
    }

    void batch(FrameRead.Frame frame) {
        long begins = frame.header().firstSequence();
        batches++;
        entries += frame.batch().count();
        first = first == 0 ? begins : first;
        last = begins + frame.batch().count() - 1;
        epoch(frame.header().epoch());
        if (sound()) {
            sound = new Sound(
                    sound.end() + frame.length(),
                    sound.batches() + 1,
                    sound.entries() + frame.batch().count(),
                    last);
        }
    }

    /** The header can be kept. */
    void header(long end) {
        if (sound()) {
            sound = new Sound(end, 0, 0, 0);
        }
    }

    Sound soundPart() {
        return sound;
    }

    void epoch(long seen) {
        epoch = Math.max(epoch, seen);
    }

    /** Something to say that is no finding. */
    void remark(String text) {
        detail = detail.isEmpty() ? text : detail;
    }

    void found(Verdict what, String words, long where) {
        if (verdict == Verdict.COMPLETE) {
            verdict = what;
            detail = words;
            offset = where;
        } else {
            more++;
        }
    }

    /** A finding of the rules, or of the storage. */
    void found(Exception e) {
        if (e instanceof GapException gap) {
            found(Verdict.GAP, gap.getMessage(), gap.offset());
        } else if (e instanceof LogCorruptException corrupt) {
            found(Verdict.CORRUPT, corrupt.getMessage(), corrupt.offset());
        } else if (e instanceof LogFormatException) {
            found(Verdict.FORMAT_TOO_NEW, String.valueOf(e.getMessage()), 0);
        } else if (e instanceof IOException || e instanceof SeawallException) {
            found(Verdict.UNREADABLE, String.valueOf(e.getMessage()), -1);
        } else {
            throw new IllegalArgumentException("not a finding about a file", e);
        }
    }

    Location file() {
        return file;
    }

    long entries() {
        return entries;
    }

    boolean active() {
        return kind == Kind.ACTIVE;
    }

    /** Whether the log can go on behind the file. */
    boolean usable() {
        return verdict == Verdict.COMPLETE || verdict == Verdict.TORN_TAIL;
    }

    boolean sound() {
        return verdict == Verdict.COMPLETE;
    }

    FileReport report() {
        String words = more == 0 ? detail : detail + "; and " + more + " more";
        return new FileReport(
                file.toString(), kind, number, verdict, words, offset, bytes, batches, entries, first, last, epoch);
    }
}
