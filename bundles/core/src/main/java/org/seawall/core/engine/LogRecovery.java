package org.seawall.core.engine;

import java.io.IOException;
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
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/**
 * Reads a log back: its snapshot, then along the chain segment after segment, or the compacted run that stands for several.
 * Changes nothing on the storage. For one run.
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
    private long limit = Long.MAX_VALUE;
    private long writtenMillis;

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
            readSnapshot();
            List<SegmentFile> files = store.segments();
            Way way = way(files);
            for (Numbered file : way.files()) {
                follow(file, store.segmentPerCommit());
            }
            for (SegmentFile file : files.stream().filter(SegmentFile::active).toList()) {
                followSegment(file, store.segmentPerCommit());
            }
            if (head.active().isEmpty() && !store.segmentPerCommit()) {
                throw new GapException(
                        "an active segment", "none", layout.segments().active().toString());
            }
            Verdict verdict = tornDetail.isEmpty() ? Verdict.COMPLETE : Verdict.TORN_TAIL;
            return new Recovered.Usable(
                    report(verdict, tornDetail), memtable, head, way.replaced(), bytes - snapshotBytes);
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

    /**
     * Reads what a log once was, along files that may be in its archive.
     *
     * @param base a snapshot to begin with, or empty for the begin of the log
     * @param files the way from there
     * @param last the sequence up to which to read; the batch that it is in is read as a whole
     * @return what was kept of it
     */
    Memtable past(Optional<Location> base, List<Numbered> files, long last) throws IOException {
        limit = last;
        if (base.isPresent()) {
            readSnapshot(base.get());
        }
        for (Numbered file : files) {
            follow(file, false);
        }
        return memtable;
    }

    /** When the batch was committed that was read last, in milliseconds of Unix time. */
    long writtenMillis() {
        return writtenMillis;
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

    private void readSnapshot() throws IOException {
        if (backend.fileSystem().find(layout.snapshot()).isPresent()) {
            readSnapshot(layout.snapshot());
            snapshotBytes = bytes;
        }
    }

    private void readSnapshot(Location file) throws IOException {
        try (FileInput input = new BufferedInput(backend.fileSystem().open(file))) {
            SegmentScan scan = SegmentScan.open(input, backend);
            rules.snapshot(scan.header(), file);
            readKept(scan);
        }
    }

    /** Reads what was kept of segments, and goes on behind them. */
    private void readKept(SegmentScan scan) throws IOException {
        Location file = scan.input().location();
        SegmentHeader header = scan.header();
        long before = entries;
        scan.readWhole((frame, offset) -> {
            ChainRules.kept(header, memtable.lastSequence(), frame, file);
            add(frame);
        });
        head = rules.behind(header, memtable.lastSequence(), entries - before, file);
        memtable.advanceTo(ChainRules.covers(header).lastSequence());
        segments++;
        bytes += scan.input().size();
    }

    /** The sealed files behind the snapshot. Files with other names are left alone. */
    private Way way(List<SegmentFile> files) {
        return Way.behind(
                head.segment(),
                files.stream()
                        .filter(file -> !file.active())
                        .flatMap(file -> Numbered.of(layout, file).stream())
                        .toList());
    }

    private void follow(Numbered file, boolean segmentPerCommit) throws IOException {
        if (file.run()) {
            followRun(file);
        } else {
            followSegment(file.file(), segmentPerCommit);
        }
    }

    private void followRun(Numbered file) throws IOException {
        Location location = file.file().location();
        try (FileInput input = new BufferedInput(backend.fileSystem().open(location))) {
            SegmentScan scan = SegmentScan.open(input, backend);
            rules.run(head, file, scan.header(), location);
            readKept(scan);
        }
    }

    private void followSegment(SegmentFile file, boolean segmentPerCommit) throws IOException {
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
            scan.readWhile(() -> head.nextSequence() <= limit, next);
            scan.refuseDamage();
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
        writtenMillis = frame.header().writtenMillis();
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
