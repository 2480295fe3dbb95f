package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * Writes a log's live entries to its snapshot, in the format of a segment, and archives the segments that the snapshot
 * covers. Appends go on meanwhile. If the process dies before the snapshot is durable the old one and all segments are
 * there; if it dies after it, the covered segments are archived at the next start. For one thread at a time.
 */
final class Snapshot {
    private final Session session;
    private final LogLayout layout;

    Snapshot(Session session, LogLayout layout) {
        this.session = session;
        this.layout = layout;
    }

    /**
     * Takes the snapshot that a header describes, and archives what it covers.
     *
     * @param header the place where the log goes on behind the snapshot; everything before it is in sealed segments
     * @param memtable holds all live entries of that moment
     */
    void take(SegmentHeader header, Memtable memtable) throws IOException {
        FileSystem fileSystem = session.backend().fileSystem();
        Optional<String> replaced = fileSystem.find(layout.snapshot()).map(FileInfo::version);
        Coverage covers = header.covers().orElseThrow();
        long now = session.backend().clock().millis();
        // what is live at a sequence and a moment does not change, so it is the same at both looks
        long entries = count(memtable.liveAt(covers.lastSequence(), now));
        SegmentHeader counted = header.covering(
                new Coverage(covers.firstSegment(), covers.firstChain(), covers.lastSequence(), entries));
        SnapshotContent content = new SnapshotContent(session.backend().serializer(), counted, session.writer());
        fileSystem.replace(layout.snapshot(), content.of(memtable.liveAt(covers.lastSequence(), now)), replaced);
        archiveCovered(header.segment());
    }

    private static long count(LiveCursor live) {
        long entries = 0;
        while (live.next()) {
            entries++;
        }
        return entries;
    }

    /** Archives the segments that a durable snapshot covers. */
    void archiveCovered(long covered) throws IOException {
        List<Location> files = new ArrayList<>();
        for (FileInfo file :
                session.backend().fileSystem().list(layout.segments().segments())) {
            if (SegmentName.number(layout.prefix(), file.name()).orElse(Long.MAX_VALUE) <= covered) {
                files.add(file.location());
            }
        }
        Archive archive = new Archive(session.backend().fileSystem(), layout);
        archive.retire(files, session.backend().clock().instant());
        archive.prune(session.settings().archives());
    }
}
