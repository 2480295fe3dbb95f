package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;
import org.seawall.spi.strategy.SegmentFile;

/**
 * Writes a log's live entries to its snapshot, in the format of a segment, and archives the segments that the snapshot
 * covers. If the process dies before the snapshot is durable the old one and all segments are there; if it dies after it,
 * the covered segments are archived at the next start.
 */
final class Snapshot {
    private static final int ENTRIES_PER_BATCH = 1_000;

    private final Session session;
    private final LogLayout layout;

    Snapshot(Session session, LogLayout layout) {
        this.session = session;
        this.layout = layout;
    }

    /** Takes a snapshot of everything that is durable, and archives what it covers. */
    void take(SegmentWriter writer, Memtable memtable) throws IOException {
        writer.roll();
        SegmentHeader header = writer.snapshotHeader();
        FileSystem fileSystem = session.backend().fileSystem();
        Optional<String> replaced = fileSystem.find(layout.snapshot()).map(FileInfo::version);
        fileSystem.replace(layout.snapshot(), content(header, memtable), replaced);
        archiveCovered(writer.store().segments(), header.segment());
    }

    /** Archives the segments that a durable snapshot covers. */
    void archiveCovered(List<SegmentFile> segments, long covered) throws IOException {
        List<Location> files = segments.stream()
                .filter(file -> !file.active())
                .map(SegmentFile::location)
                .filter(file -> SegmentName.number(layout.prefix(), file.name()).orElse(Long.MAX_VALUE) <= covered)
                .toList();
        Archive archive = new Archive(session.backend().fileSystem(), layout);
        archive.retire(files, session.backend().clock().instant());
        archive.prune(session.settings().archives());
    }

    private List<ByteBuffer> content(SegmentHeader header, Memtable memtable) {
        BatchSerializer serializer = session.backend().serializer();
        SegmentFormat format = serializer.begin(header);
        List<ByteBuffer> content = new ArrayList<>();
        content.add(format.headerBytes());
        List<Entry> run = new ArrayList<>();
        long first = 0;
        LiveCursor live = memtable.live(session.backend().clock().millis());
        while (live.next()) {
            if (!run.isEmpty() && (live.sequence() != first + run.size() || run.size() == ENTRIES_PER_BATCH)) {
                content.addAll(frame(format, header, first, run));
                run.clear();
            }
            if (run.isEmpty()) {
                first = live.sequence();
            }
            run.add(live.entry());
        }
        if (!run.isEmpty()) {
            content.addAll(frame(format, header, first, run));
        }
        return content;
    }

    private List<ByteBuffer> frame(SegmentFormat format, SegmentHeader header, long first, List<Entry> run) {
        BatchHeader batch = new BatchHeader(first, header.epoch(), session.writer(), header.snapshotSequence());
        return format.frame(batch, session.backend().serializer().encode(run, header.createdMillis()))
                .bytes();
    }
}
