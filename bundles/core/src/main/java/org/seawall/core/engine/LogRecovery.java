package org.seawall.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.core.engine.TailCheck.Tail;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a log back: its snapshot, then along the chain segment after segment, or the compacted run that stands for several.
 * Changes nothing on the storage before {@link #end}. For one run.
 *
 * <p>What does not verify stops it, with one exception: behind the last valid batch of the active segment there may be the
 * rest of a write that was cut off, see {@link TailCheck}.
 */
final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    private final Backend backend;
    private final Reading reading;
    private final LogLayout layout;
    private final Progress progress;
    private final ChainRules rules;
    private final Memtable memtable = new Memtable();
    private final long startNanos = System.nanoTime();

    private Head head;
    private int segments;
    private long batches;
    private long entries;
    private long bytes;
    private long behindBytes;
    private long snapshotBytes;
    private long snapshotMillis;
    private String tornDetail = "";
    private long limit = Long.MAX_VALUE;
    private long writtenMillis;
    private Optional<String> snapshotVersion = Optional.empty();
    private Optional<SegmentRead> newest = Optional.empty();
    private List<Numbered> replaced = List.of();

    LogRecovery(Session session, LogLayout layout, Progress progress) {
        this.backend = session.backend();
        this.reading = session.reading();
        this.layout = layout;
        this.progress = progress;
        this.snapshotMillis = layout.founded().toEpochMilli();
        this.rules = new ChainRules(layout);
        this.head = Head.founded(layout);
    }

    /** Reads everything that the store shows. */
    Recovered run(SegmentStore store) {
        return recovered(store, () -> {
            refuseForeignActive(!store.activeFile());
            readSnapshot();
        });
    }

    /** Reads what others have written behind what was read; may be repeated. */
    Recovered runOn(SegmentStore store) {
        return recovered(store, () -> {});
    }

    /** Whether what was found missing may have gone into a snapshot that somebody has taken since this one was read. */
    boolean snapshotMoved() throws IOException {
        return !find(layout.snapshot()).map(FileInfo::version).equals(snapshotVersion);
    }

    private interface Begin {
        void read() throws IOException;
    }

    private Recovered recovered(SegmentStore store, Begin begin) {
        return told(() -> {
            begin.read();
            List<SegmentFile> files = reading.retries().of(store::segments);
            Way way = way(store.activeFile() ? files : written(files));
            replaced = way.replaced();
            follow(way.files(), active(files), !store.activeFile());
            if (head.active().isEmpty() && store.activeFile()) {
                throw new GapException(
                        "an active segment", "none", layout.segments().active().toString());
            }
            return usable();
        });
    }

    private Recovered.Usable usable() {
        Verdict verdict = tornDetail.isEmpty() ? Verdict.COMPLETE : Verdict.TORN_TAIL;
        Behind behind = new Behind(behindBytes, snapshotMillis, snapshotBytes);
        return new Recovered.Usable(report(verdict, tornDetail), memtable, head, replaced, behind);
    }

    /**
     * Ends what may still grow, and reads what was appended to it since it was read: nobody writes behind what is recovered
     * then but in a new segment. The log is usable, and is about to be taken over.
     */
    Recovered end() {
        return told(() -> {
            if (newest.isPresent()
                    && sealed(newest.get().location()) > newest.get().size()) {
                readOn(newest.get());
            }
            return usable();
        });
    }

    private long sealed(Location segment) throws IOException {
        return reading.retries().of(() -> backend.fileSystem().seal(segment)).size();
    }

    /** Reads a segment again for what is behind the batches that are known. */
    private void readOn(SegmentRead before) throws IOException {
        SegmentRead read = SegmentRead.of(before.location(), backend, reading.retries(), progress);
        read.readWhole((frame, offset) -> {
            if (frame.header().firstSequence() >= head.nextSequence()) {
                head = ChainRules.next(head, frame, offset, read.location());
                add(frame);
            }
        });
        newest = Optional.of(read);
        bytes += read.size() - before.size();
        behindBytes += read.end() - before.end();
    }

    private interface Reader {
        Recovered.Usable read() throws IOException;
    }

    private Recovered told(Reader reader) {
        try {
            return reader.read();
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
        follow(files, List.of(), false);
        return memtable;
    }

    /** When the batch was committed that was read last, in milliseconds of Unix time. */
    long writtenMillis() {
        return writtenMillis;
    }

    /** A strategy that has no active segment would not see the one that another strategy left. */
    private void refuseForeignActive(boolean ownNames) throws IOException {
        Location active = layout.segments().active();
        if (ownNames && find(active).isPresent()) {
            throw new LogUnavailableException("log has an active segment, which the strategy "
                    + backend.strategy().name() + " does not continue; configure the strategy that wrote it, file="
                    + active);
        }
    }

    private void readSnapshot() throws IOException {
        Optional<FileInfo> found = find(layout.snapshot());
        snapshotVersion = found.map(FileInfo::version);
        if (found.isPresent()) {
            progress.expect(found.get().size());
            readSnapshot(layout.snapshot());
            snapshotBytes = bytes;
        }
    }

    private void readSnapshot(Location file) throws IOException {
        SegmentRead read = SegmentRead.of(file, backend, reading.retries(), progress);
        SegmentHeader header = read.format().header();
        rules.snapshot(header, file);
        Coverage covers = ChainRules.covers(header);
        // with a sink deletes were kept, and without one dropped
        long deletes = covers.flushed() > 0 ? covers.flushed() : covers.lastSequence();
        memtable.beginBehind(covers.flushed(), deletes);
        readKept(read);
        snapshotMillis = header.createdMillis();
    }

    private Optional<FileInfo> find(Location file) throws IOException {
        return reading.retries().of(() -> backend.fileSystem().find(file));
    }

    /** Goes through what was kept of segments, and goes on behind them. */
    private void readKept(SegmentRead read) throws IOException {
        Location file = read.location();
        SegmentHeader header = read.format().header();
        long before = entries;
        read.readWhole((frame, offset) -> {
            ChainRules.kept(header, memtable.lastSequence(), frame, new ChainRules.Place(file, offset));
            add(frame);
        });
        head = rules.behind(header, entries - before, file);
        memtable.advanceTo(ChainRules.covers(header).lastSequence());
        segments++;
        bytes += read.size();
    }

    private static List<SegmentFile> active(List<SegmentFile> files) {
        return files.stream().filter(SegmentFile::active).toList();
    }

    /** Without what somebody has created and not appended to yet, or never will. */
    private List<SegmentFile> written(List<SegmentFile> files) {
        return files.stream()
                .filter(file -> !BegunSegment.is(file.size(), backend.fileSystem()))
                .toList();
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

    /** Goes along sealed files and then the active one, which are read ahead. */
    private void follow(List<Numbered> sealed, List<SegmentFile> active, boolean ownNames) throws IOException {
        List<SegmentFile> files = Stream.concat(sealed.stream().map(Numbered::file), active.stream())
                .toList();
        progress.expect(
                snapshotBytes + files.stream().mapToLong(SegmentFile::size).sum());
        try (SegmentReadAhead ahead = new SegmentReadAhead(files, backend, reading, progress)) {
            for (Numbered file : sealed) {
                follow(file, ahead.next().whereOpened(), ownNames);
            }
            for (SegmentFile file : active) {
                followSegment(file, ahead.next().whereOpened(), ownNames);
            }
        }
    }

    private void follow(Numbered file, SegmentRead read, boolean ownNames) throws IOException {
        if (file.run()) {
            SegmentHeader header = read.format().header();
            rules.run(head, file, header, read.location());
            if (file.first() == 1) {
                memtable.beginBehind(0, ChainRules.covers(header).lastSequence());
            }
            readKept(read);
            behindBytes += read.end() - read.begin();
        } else {
            followSegment(file.file(), read, ownNames);
        }
    }

    private void followSegment(SegmentFile file, SegmentRead read, boolean ownNames) throws IOException {
        if (!file.active() && !file.location().name().equals(head.successor())) {
            if (ownNames) {
                ChainRules.neverAcknowledged(head, read.format().header(), read.location());
                read.readWhole((frame, offset) -> ChainRules.neverAcknowledged(head, frame, read.location()));
                LOG.info(
                        "segment off the chain, never acknowledged, the next snapshot archives it, file={}",
                        read.location());
                return;
            }
            throw new GapException(
                    head.successor(), file.location().name(), file.location().toString());
        }
        head = rules.enter(head, read.format(), file.active(), file.location());
        boolean torn = readBatches(read, file.active());
        if (file.active()) {
            head = head.withActive(new Head.ActiveEnd(file, read.reader(), read.format(), read.end(), torn));
        }
        newest = Optional.of(read);
        segments++;
        bytes += read.size();
        behindBytes += read.end() - read.begin();
    }

    /** Goes through the batches of a segment, and returns whether a write that was cut off stands behind them. */
    private boolean readBatches(SegmentRead read, boolean active) throws IOException {
        SegmentScan.Batches next = (frame, offset) -> {
            head = ChainRules.next(head, frame, offset, read.location());
            add(frame);
        };
        if (!active) {
            read.readWhile(() -> head.nextSequence() <= limit, next);
            return false;
        }
        read.read(next);
        Tail tail = read.tail(head.nextSequence(), backend, reading.retries());
        if (tail == Tail.DAMAGED) {
            throw read.finding();
        }
        if (tail == Tail.TORN) {
            tornDetail = read.finding().getMessage();
        }
        return tail == Tail.TORN;
    }

    private void add(FrameRead.Frame frame) {
        memtable.add(frame.header().firstSequence(), frame.batch());
        writtenMillis = frame.header().writtenMillis();
        batches++;
        entries += frame.batch().count();
    }

    private Recovered refused(Verdict verdict, Exception cause) {
        return new Recovered.Refused(report(verdict, cause.getMessage()), cause);
    }

    private Recovery report(Verdict verdict, String detail) {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        return new Recovery(verdict, detail, segments, batches, entries, bytes, millis);
    }
}
