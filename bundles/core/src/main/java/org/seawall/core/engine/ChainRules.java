package org.seawall.core.engine;

import java.util.Optional;
import org.seawall.LogCorruptException;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * What has to hold from one segment to the next and from one batch to the next. Each rule takes the place where the log goes
 * on and returns the place behind; what does not hold is thrown.
 */
record ChainRules(LogLayout layout) {

    /** A snapshot of this log. It bears the name of the last segment that it covers, a segment that of the one before it. */
    void snapshot(SegmentHeader header, Location file) {
        expect("snapshot of another log", layout.id(), header.collection(), file);
        long named = SegmentName.number(layout.prefix(), header.predecessor()).orElse(0L);
        expect("segment in the place of the snapshot", header.segment(), named, file);
        expect("compacted run in the place of the snapshot", 1L, covers(header).firstSegment(), file);
    }

    /** A compacted run behind a place, by its name the one of some segments. */
    void run(Head head, Numbered named, SegmentHeader header, Location file) {
        Coverage covers = header.covers()
                .orElseThrow(() -> new LogCorruptException(
                        "not a compacted run",
                        "segments " + named.first() + " to " + named.last(),
                        "segment " + header.segment(),
                        0,
                        file.toString()));
        expect("compacted run of another log", layout.id(), header.collection(), file);
        expect("compacted run begins elsewhere", named.first(), covers.firstSegment(), file);
        expect("compacted run ends elsewhere", named.last(), header.segment(), file);
        if (named.first() > head.segment() + 1) {
            throw new GapException(head.successor(), named.name(), file.toString());
        }
        expect("compacted run out of order", head.segment() + 1, named.first(), file);
        expect(
                "chained checksum mismatch",
                Integer.toHexString(head.chain()),
                Integer.toHexString(covers.firstChain()),
                file);
        expect("compacted run begins at another sequence", head.nextSequence(), header.firstSequence(), file);
        expect("epoch goes back", "at least " + head.epoch(), header.epoch() >= head.epoch(), file);
    }

    /**
     * A batch of what was kept: behind what was read of it, and not behind what the file stands for.
     *
     * @param lastSequence where the batch before it ended
     */
    static void kept(SegmentHeader header, long lastSequence, FrameRead.Frame frame, Place place) {
        long first = frame.header().firstSequence();
        long last = first + frame.batch().count() - 1;
        long covered = covers(header).lastSequence();
        if (first <= lastSequence || last > covered) {
            throw new LogCorruptException(
                    "kept entries of other sequences",
                    (lastSequence + 1) + " to " + covered,
                    first + " to " + last,
                    place.offset(),
                    place.file().toString());
        }
    }

    /** Where something stands. */
    record Place(Location file, long offset) {}

    /**
     * Where the log goes on behind a snapshot or a compacted run whose entries were read.
     *
     * @param header the file's
     * @param entries how many there are
     */
    Head behind(SegmentHeader header, long entries, Location file) {
        Coverage covers = covers(header);
        long sequence = covers.lastSequence();
        if (covers.entries() != Coverage.UNKNOWN) {
            expect("kept entries are missing", covers.entries(), entries, file);
        }
        return new Head(
                header.segment(),
                header.predecessor(),
                header.predecessorChain(),
                header.successor(),
                sequence + 1,
                header.epoch(),
                Optional.empty());
    }

    /** What a snapshot stands for. */
    static Coverage covers(SegmentHeader header) {
        return header.covers().orElse(Coverage.upTo(0));
    }

    /** The segment behind a place. */
    Head enter(Head head, SegmentFormat format, boolean active, Location file) {
        SegmentHeader header = format.header();
        ownSegment(header, file);
        expect(
                "snapshot in the place of a segment",
                "a segment",
                header.covers().isEmpty(),
                file);
        if (active && header.segment() > head.segment() + 1) {
            throw new GapException("segment " + (head.segment() + 1), "segment " + header.segment(), file.toString());
        }
        expect("segment out of order", head.segment() + 1, header.segment(), file);
        expect("segment has another predecessor", head.name(), header.predecessor(), file);
        expect(
                "chained checksum mismatch",
                Integer.toHexString(head.chain()),
                Integer.toHexString(header.predecessorChain()),
                file);
        expect("segment begins at another sequence", head.nextSequence(), header.firstSequence(), file);
        expect("epoch goes back", "at least " + head.epoch(), header.epoch() >= head.epoch(), file);
        return begun(format, head.successor());
    }

    /** A segment of this log. */
    void ownSegment(SegmentHeader header, Location file) {
        expect("segment of another log", layout.id(), header.collection(), file);
    }

    /** The begin of a segment that nothing is known before. */
    static Head begun(SegmentFormat format, String name) {
        SegmentHeader header = format.header();
        return new Head(
                header.segment(),
                name,
                Chain.begin(format.headerBytes()),
                header.successor(),
                header.firstSequence(),
                header.epoch(),
                Optional.empty());
    }

    /** The batch behind a place. */
    static Head next(Head head, FrameRead.Frame frame, long offset, Location file) {
        long first = frame.header().firstSequence();
        if (first != head.nextSequence()) {
            throw new LogCorruptException(
                    "batch out of order",
                    "sequence " + head.nextSequence(),
                    "sequence " + first,
                    offset,
                    file.toString());
        }
        expect("epoch goes back", "at least " + head.epoch(), frame.header().epoch() >= head.epoch(), file);
        return head.withBatch(
                frame.checksum(),
                first + frame.batch().count() - 1,
                frame.header().epoch());
    }

    /**
     * A segment off the chain is one of several that were in flight, and one before it never became durable. Not if its writer
     * is of an epoch that the chain has not come to: it went on behind a segment, its own fence at least, that is missing.
     */
    static void neverAcknowledged(Head head, SegmentHeader header, Location file) {
        if (header.epoch() > head.epoch()) {
            throw new GapException(head.successor(), file.name(), file.toString());
        }
    }

    /** Nor if its writer knew of more that was durable. */
    static void neverAcknowledged(Head head, FrameRead.Frame frame, Location file) {
        if (frame.header().durableSequence() >= head.nextSequence()) {
            throw new GapException(head.successor(), file.name(), file.toString());
        }
    }

    private static void expect(String fact, Object expected, Object actual, Location file) {
        if (!expected.equals(actual)) {
            throw new LogCorruptException(fact, expected.toString(), actual.toString(), 0, file.toString());
        }
    }

    private static void expect(String fact, String expected, boolean holds, Location file) {
        if (!holds) {
            throw new LogCorruptException(fact, expected, "another", 0, file.toString());
        }
    }
}
