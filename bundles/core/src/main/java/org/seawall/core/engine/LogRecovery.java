package org.seawall.core.engine;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.core.engine.TailCheck.Tail;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/**
 * Reads a log back: its snapshot, then segment after segment along the chain. Changes nothing on the storage. For one run.
 *
 * <p>What does not verify stops it, with one exception: behind the last valid batch of the active segment there may be the
 * rest of a write that was cut off, see {@link TailCheck}.
 */
final class LogRecovery {
    /** Where the valid batches of a segment end, and whether a write that was cut off stands behind. */
    private record End(long offset, boolean torn) {}

    private final Backend backend;
    private final LogLayout layout;
    private final Memtable memtable = new Memtable();
    private final long startNanos = System.nanoTime();

    private Head head;
    private int segments;
    private long batches;
    private long entries;
    private long bytes;
    private long snapshotBytes;
    private String tornDetail = "";

    LogRecovery(Backend backend, LogLayout layout) {
        this.backend = backend;
        this.layout = layout;
        this.head = Head.founded(layout);
    }

    /** Reads everything that the store shows. */
    Recovered run(SegmentStore store) {
        try {
            refuseForeignActive(store.segmentPerCommit());
            long covered = readSnapshot();
            for (SegmentFile file : ordered(store.segments(), covered)) {
                follow(file, store.segmentPerCommit());
            }
            if (head.active().isEmpty() && !store.segmentPerCommit()) {
                throw new GapException(
                        "an active segment", "none", layout.segments().active().toString());
            }
            Verdict verdict = tornDetail.isEmpty() ? Verdict.COMPLETE : Verdict.TORN_TAIL;
            return new Recovered.Usable(report(verdict, tornDetail), memtable, head, covered, bytes - snapshotBytes);
        } catch (GapException e) {
            return refused(Verdict.GAP, e);
        } catch (LogFormatException e) {
            return refused(Verdict.FORMAT_TOO_NEW, e);
        } catch (LogCorruptException e) {
            return refused(Verdict.CORRUPT, e);
        } catch (IOException | SeawallException e) {
            return refused(Verdict.UNAVAILABLE, e);
        }
    }

    /** A strategy that has no active segment would not see the one that another strategy left. */
    private void refuseForeignActive(boolean segmentPerCommit) throws IOException {
        Location active = layout.segments().active();
        if (segmentPerCommit && backend.fileSystem().find(active).isPresent()) {
            throw new LogUnavailableException("log has an active segment, which the strategy "
                    + backend.strategy().name() + " does not continue; configure the strategy that wrote it, file="
                    + active);
        }
    }

    /** Reads the snapshot, if there is one, and returns the number of the last segment that it covers. */
    private long readSnapshot() throws IOException {
        Optional<FileInfo> found = backend.fileSystem().find(layout.snapshot());
        if (found.isEmpty()) {
            return 0;
        }
        try (FileInput input = new BufferedInput(backend.fileSystem().open(layout.snapshot()))) {
            SegmentFormat format = readerOf(input).open(input);
            SegmentHeader header = format.header();
            expect("snapshot of another log", layout.id(), header.collection(), input);
            Coverage covers = header.covers().orElse(Coverage.upTo(0));
            long sequence = covers.lastSequence();
            long offset = format.headerBytes().remaining();
            while (offset < input.size()) {
                offset += add(frame(format, input, offset)).length();
            }
            expect("snapshot of other sequences", "at most " + sequence, memtable.lastSequence() <= sequence, input);
            if (covers.entries() != Coverage.UNKNOWN) {
                expect("snapshot lacks entries", covers.entries(), entries, input);
            }
            memtable.advanceTo(sequence);
            head = new Head(
                    header.segment(),
                    header.predecessor(),
                    header.predecessorChain(),
                    header.successor(),
                    sequence + 1,
                    header.epoch(),
                    Optional.empty());
            segments++;
            bytes += input.size();
            snapshotBytes = input.size();
            return header.segment();
        }
    }

    /** The segments behind the snapshot: sealed ones by number, then the active one. Other files are left alone. */
    private List<SegmentFile> ordered(List<SegmentFile> files, long covered) {
        return files.stream()
                .filter(file -> file.active() || number(file.location()) > covered)
                .sorted(Comparator.comparing(SegmentFile::active).thenComparing(file -> number(file.location())))
                .toList();
    }

    private long number(Location file) {
        return SegmentName.number(layout.prefix(), file.name()).orElse(-1);
    }

    private void follow(SegmentFile file, boolean segmentPerCommit) throws IOException {
        try (FileInput input = new BufferedInput(backend.fileSystem().open(file.location()))) {
            if (!file.active() && !file.location().name().equals(head.successor())) {
                if (segmentPerCommit) {
                    expectNeverAcknowledged(input);
                    return;
                }
                throw new GapException(
                        head.successor(),
                        file.location().name(),
                        file.location().toString());
            }
            BatchSerializer reader = readerOf(input);
            SegmentFormat format = reader.open(input);
            enter(format, input, file.active());
            End end = readBatches(format, input, file.active());
            if (file.active()) {
                head = head.withActive(new Head.ActiveEnd(file, reader, format, end.offset(), end.torn()));
            }
            segments++;
            bytes += input.size();
        }
    }

    private void enter(SegmentFormat format, FileInput input, boolean active) {
        SegmentHeader header = format.header();
        expect("segment of another log", layout.id(), header.collection(), input);
        if (active && header.segment() > head.segment() + 1) {
            throw new GapException(
                    "segment " + (head.segment() + 1),
                    "segment " + header.segment(),
                    input.location().toString());
        }
        expect("segment out of order", head.segment() + 1, header.segment(), input);
        expect("segment has another predecessor", head.name(), header.predecessor(), input);
        expect(
                "chained checksum mismatch",
                Integer.toHexString(head.chain()),
                Integer.toHexString(header.predecessorChain()),
                input);
        expect("segment begins at another sequence", head.nextSequence(), header.firstSequence(), input);
        expect("epoch goes back", "at least " + head.epoch(), header.epoch() >= head.epoch(), input);
        head = new Head(
                header.segment(),
                head.successor(),
                Chain.begin(format.headerBytes()),
                header.successor(),
                header.firstSequence(),
                header.epoch(),
                Optional.empty());
    }

    private End readBatches(SegmentFormat format, FileInput input, boolean active) throws IOException {
        long offset = format.headerBytes().remaining();
        while (offset < input.size()) {
            FrameRead read = format.read(input, offset);
            if (read instanceof FrameRead.Damage damage && active) {
                return judged(
                        new TailCheck(input, format).judge(offset, damage, head.nextSequence()), damage, offset, input);
            }
            offset += next(read, offset, input).length();
        }
        return new End(offset, false);
    }

    private End judged(Tail tail, FrameRead.Damage damage, long offset, FileInput input) {
        LogCorruptException finding = corrupt(damage, offset, input);
        if (tail == Tail.DAMAGED) {
            throw finding;
        }
        if (tail == Tail.TORN) {
            tornDetail = finding.getMessage();
        }
        return new End(offset, tail == Tail.TORN);
    }

    private FrameRead.Frame next(FrameRead read, long offset, FileInput input) {
        FrameRead.Frame frame = valid(read, offset, input);
        long first = frame.header().firstSequence();
        if (first != head.nextSequence()) {
            throw new LogCorruptException(
                    "batch out of order",
                    "sequence " + head.nextSequence(),
                    "sequence " + first,
                    offset,
                    input.location().toString());
        }
        expect("epoch goes back", "at least " + head.epoch(), frame.header().epoch() >= head.epoch(), input);
        add(frame);
        head = head.withBatch(
                frame.checksum(),
                first + frame.batch().count() - 1,
                frame.header().epoch());
        return frame;
    }

    private FrameRead.Frame add(FrameRead.Frame frame) {
        memtable.add(frame.header().firstSequence(), frame.batch());
        batches++;
        entries += frame.batch().count();
        return frame;
    }

    /** A segment off the chain is a commit whose predecessor never became durable, unless its writer knew better. */
    private void expectNeverAcknowledged(FileInput input) throws IOException {
        SegmentFormat format = readerOf(input).open(input);
        long offset = format.headerBytes().remaining();
        while (offset < input.size()) {
            FrameRead.Frame frame = frame(format, input, offset);
            if (frame.header().durableSequence() >= head.nextSequence()) {
                throw new GapException(
                        head.successor(),
                        input.location().name(),
                        input.location().toString());
            }
            offset += frame.length();
        }
    }

    private BatchSerializer readerOf(FileInput input) throws IOException {
        return backend.readerOf(input)
                .orElseThrow(() -> new LogCorruptException(
                        "not a segment",
                        backend.readers().stream()
                                .map(BatchSerializer::format)
                                .toList()
                                .toString(),
                        "unknown format",
                        0,
                        input.location().toString()));
    }

    private static FrameRead.Frame frame(SegmentFormat format, FileInput input, long offset) throws IOException {
        return valid(format.read(input, offset), offset, input);
    }

    private static FrameRead.Frame valid(FrameRead read, long offset, FileInput input) {
        if (read instanceof FrameRead.Damage damage) {
            throw corrupt(damage, offset, input);
        }
        return (FrameRead.Frame) read;
    }

    private static LogCorruptException corrupt(FrameRead.Damage damage, long offset, FileInput input) {
        return new LogCorruptException(
                damage.fact(),
                damage.expected(),
                damage.actual(),
                offset,
                input.location().toString());
    }

    private static void expect(String fact, Object expected, Object actual, FileInput input) {
        if (!expected.equals(actual)) {
            throw new LogCorruptException(
                    fact,
                    expected.toString(),
                    actual.toString(),
                    0,
                    input.location().toString());
        }
    }

    private static void expect(String fact, String expected, boolean holds, FileInput input) {
        if (!holds) {
            throw new LogCorruptException(
                    fact, expected, "another", 0, input.location().toString());
        }
    }

    private Recovered refused(Verdict verdict, Exception cause) {
        return new Recovered.Refused(report(verdict, cause.getMessage()), cause);
    }

    private Recovery report(Verdict verdict, String detail) {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        return new Recovery(verdict, detail, segments, batches, entries, bytes, millis);
    }
}
