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
import org.seawall.spi.serializer.FrameRead;
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
    private final Backend backend;
    private final LogLayout layout;
    private final ChainRules rules;
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
        this.rules = new ChainRules(layout);
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
            SegmentScan scan = SegmentScan.open(input, backend);
            SegmentHeader header = scan.header();
            rules.snapshot(header, input.location());
            scan.readWhole((frame, offset) -> {
                rules.inSnapshot(header, memtable.lastSequence(), frame, offset);
                add(frame);
            });
            head = rules.behind(header, memtable.lastSequence(), entries, input.location());
            memtable.advanceTo(ChainRules.covers(header).lastSequence());
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
            SegmentScan scan = SegmentScan.open(input, backend);
            head = rules.enter(head, scan.format(), file.active(), file.location());
            boolean torn = readBatches(scan, file.active());
            if (file.active()) {
                head = head.withActive(new Head.ActiveEnd(file, scan.reader(), scan.format(), scan.end(), torn));
            }
            segments++;
            bytes += input.size();
        }
    }

    /** Reads the batches of a segment, and returns whether a write that was cut off stands behind them. */
    private boolean readBatches(SegmentScan scan, boolean active) throws IOException {
        Location file = scan.input().location();
        SegmentScan.Batches next = (frame, offset) -> {
            head = ChainRules.next(head, frame, offset, file);
            add(frame);
        };
        if (!active) {
            scan.readWhole(next);
            return false;
        }
        scan.read(next);
        Tail tail = scan.tail(head.nextSequence());
        if (tail == Tail.DAMAGED) {
            throw scan.finding();
        }
        if (tail == Tail.TORN) {
            tornDetail = scan.finding().getMessage();
        }
        return tail == Tail.TORN;
    }

    private void add(FrameRead.Frame frame) {
        memtable.add(frame.header().firstSequence(), frame.batch());
        batches++;
        entries += frame.batch().count();
    }

    private void expectNeverAcknowledged(FileInput input) throws IOException {
        SegmentScan.open(input, backend)
                .readWhole((frame, offset) -> ChainRules.neverAcknowledged(head, frame, input.location()));
    }

    private Recovered refused(Verdict verdict, Exception cause) {
        return new Recovered.Refused(report(verdict, cause.getMessage()), cause);
    }

    private Recovery report(Verdict verdict, String detail) {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        return new Recovery(verdict, detail, segments, batches, entries, bytes, millis);
    }
}
