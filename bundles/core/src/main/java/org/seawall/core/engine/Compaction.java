package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.core.memtable.Keep;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.Rebuild;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * Merges a run of sealed segments behind the snapshot into one file in the format of a snapshot, with what is kept of them.
 * Appends go on meanwhile. The file is created, durably, beside the segments, and they are archived behind that: if the
 * process dies in between, the next start takes the file and archives the rest. For one thread at a time.
 */
final class Compaction {
    private final Session session;
    private final LogLayout layout;
    private final FileSystem fileSystem;
    private final SegmentHeader tail;

    /**
     * A compaction of what lies before a place.
     *
     * @param tail the place where the log goes on; everything before it is in sealed segments
     */
    Compaction(Session session, LogLayout layout, SegmentHeader tail) {
        this.session = session;
        this.layout = layout;
        this.fileSystem = session.backend().fileSystem();
        this.tail = tail;
    }

    /** The sealed files behind the snapshot, in their order. */
    List<Numbered> files() throws IOException {
        Optional<SegmentHeader> snapshot = fileSystem.find(layout.snapshot()).isPresent()
                ? Optional.of(header(layout.snapshot()))
                : Optional.empty();
        long covered = snapshot.map(SegmentHeader::segment).orElse(0L);
        String next = snapshot.map(SegmentHeader::successor).orElse(layout.firstName());
        List<Numbered> before =
                all().stream().filter(file -> file.last() <= tail.segment()).toList();
        return onChain(Way.behind(covered, before).files(), next);
    }

    /** Where a number is there twice, the names tell which segment is on the chain. */
    private List<Numbered> onChain(List<Numbered> files, String firstName) throws IOException {
        List<Numbered> chain = new ArrayList<>();
        for (Numbered file : files) {
            long same = files.stream()
                    .filter(other -> other.first() == file.first())
                    .count();
            String expected = same == 1
                    ? file.name()
                    : chain.isEmpty()
                            ? firstName
                            : header(chain.get(chain.size() - 1)).successor();
            if (file.name().equals(expected)) {
                chain.add(file);
            }
        }
        return chain;
    }

    /**
     * The first small files in a row that are enough to be merged, by their number or since they fill a segment; none if
     * there are not enough of them anywhere.
     */
    List<Numbered> small(List<Numbered> files) {
        Retention retention = session.settings().retention();
        long segmentBytes = session.settings().segmentBytes();
        // what has been merged to half a segment is not written again and again for a few small ones behind it
        long small = Math.min(retention.compactBytes(), segmentBytes / 2);
        List<Numbered> row = new ArrayList<>();
        long bytes = 0;
        for (Numbered file : files) {
            boolean full = bytes + file.file().size() > segmentBytes;
            boolean ends = full || file.file().size() >= small;
            if (ends && (row.size() >= retention.compactSegments() || full && row.size() > 1)) {
                return row;
            }
            if (ends) {
                row.clear();
                bytes = 0;
            }
            if (file.file().size() < small) {
                row.add(file);
                bytes += file.file().size();
            }
        }
        return row.size() >= retention.compactSegments() ? row : List.of();
    }

    /**
     * Merges files. What they held is in the new file on return, durably, and they are still there.
     *
     * @param files all sealed files behind the snapshot
     * @param run the ones to merge, in a row
     * @param memtable holds all that is kept of them
     * @return the memtable's content without what was not kept
     */
    Rebuild merge(List<Numbered> files, List<Numbered> run, Memtable memtable) throws IOException {
        Numbered first = run.get(0);
        Numbered last = run.get(run.size() - 1);
        Instant now = session.backend().clock().instant();
        SegmentHeader header = header(files, first, last, now);
        long lastSequence = header.covers().orElseThrow().lastSequence();
        int versions = session.settings().retention().versions();
        // what a sink holds leaves with a snapshot, which says so
        Keep.Sink sink = new Keep.Sink(memtable.sink().there(), 0);
        Keep keep = new Keep(header.firstSequence(), lastSequence, versions, now.toEpochMilli(), sink);
        KeptContent kept = KeptContent.of(memtable.kept(keep), session.backend().serializer());
        Coverage covers =
                new Coverage(first.first(), header.covers().orElseThrow().firstChain(), lastSequence, kept.entries());
        Location file = layout.segments().segments().child(SegmentName.ofRun(first.first(), last.last(), now));
        fileSystem.create(file, kept.file(header.covering(covers), session.writer()));
        Rebuild rebuild = memtable.rebuild(keep);
        kept.addTo(rebuild);
        return rebuild;
    }

    /** Archives what a merged file stands for. */
    void archiveMerged(Archive archive, Location generation) throws IOException {
        List<Numbered> before =
                all().stream().filter(file -> file.last() <= tail.segment()).toList();
        archive.retire(
                Way.behind(0, before).replaced().stream().map(Numbered::file).toList(), generation);
    }

    /** What the merged file says; the entries are not counted yet. */
    private SegmentHeader header(List<Numbered> files, Numbered first, Numbered last, Instant now) throws IOException {
        SegmentHeader begin = header(first);
        SegmentHeader end = last.last() == tail.segment() ? tail : behind(last, files.get(files.indexOf(last) + 1));
        Coverage covers = new Coverage(
                first.first(), chainBefore(begin), end.covers().orElseThrow().lastSequence(), Coverage.UNKNOWN);
        return new SegmentHeader(
                layout.id(),
                last.last(),
                end.epoch(),
                begin.firstSequence(),
                end.predecessor(),
                end.predecessorChain(),
                end.successor(),
                Optional.of(covers),
                now.toEpochMilli());
    }

    /** The place between two files, as the header of a snapshot would tell it. */
    private SegmentHeader behind(Numbered last, Numbered next) throws IOException {
        SegmentHeader before = header(last);
        SegmentHeader after = header(next);
        return new SegmentHeader(
                layout.id(),
                last.last(),
                after.epoch(),
                1,
                last.run() ? before.predecessor() : last.name(),
                chainBefore(after),
                before.successor(),
                Optional.of(Coverage.upTo(after.firstSequence() - 1)),
                tail.createdMillis());
    }

    private static int chainBefore(SegmentHeader header) {
        return header.covers().map(Coverage::firstChain).orElse(header.predecessorChain());
    }

    private List<Numbered> all() throws IOException {
        return fileSystem.list(layout.segments().segments()).stream()
                .flatMap(info -> Numbered.of(layout, info).stream())
                .toList();
    }

    private SegmentHeader header(Numbered file) throws IOException {
        return header(file.file().location());
    }

    private SegmentHeader header(Location file) throws IOException {
        return session.backend().headerOf(file);
    }
}
