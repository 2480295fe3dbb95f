package org.seawall.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seawall.LogFencedException;
import org.seawall.core.memtable.Keep;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.Rebuild;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * Writes what is kept of a log up to a place to its snapshot, in the format of a segment; what a sink holds is released. Appends go on meanwhile. The
 * snapshot before it is copied to the archive first. If the process dies before the new one is durable the old one and all
 * segments are there; if it dies after it, the covered segments are archived at the next start. For one thread at a time.
 */
final class Snapshot {
    private static final int FILES_AT_ONCE = 16;

    private final Session session;
    private final LogLayout layout;
    private final Archive archive;

    Snapshot(Session session, LogLayout layout) {
        this.session = session;
        this.layout = layout;
        this.archive = new Archive(session.backend().fileSystem(), layout);
    }

    /**
     * Takes the snapshot that a header describes.
     *
     * @param header the place where the log goes on behind the snapshot; everything before it is in sealed segments
     * @param memtable holds all that is kept
     * @param generation where the snapshot before it is copied to
     * @return the memtable's content without what was not kept
     */
    Rebuild take(SegmentHeader header, Memtable memtable, Location generation) throws IOException {
        FileSystem fileSystem = session.backend().fileSystem();
        Retention retention = session.settings().retention();
        long last = header.covers().orElseThrow().lastSequence();
        // who goes on where the log ends finds its newest entry in it
        Keep.Sink sink = memtable.sink().upTo(last - 1);
        long now = session.backend().clock().millis();
        Keep keep = new Keep(1, last, retention.versions(), now, sink);
        KeptContent kept = KeptContent.of(memtable.kept(keep), session.backend().serializer());
        Optional<FileInfo> replaced = fileSystem.find(layout.snapshot());
        refuseToGoBack(header, replaced);
        if (replaced.isPresent() && session.settings().archives() > 0) {
            archive.copy(layout.snapshot(), generation);
        }
        SegmentHeader counted = header.covering(new Coverage(1, 0, last, kept.entries(), sink.released()));
        fileSystem.replace(layout.snapshot(), kept.file(counted, session.writer()), replaced.map(FileInfo::version));
        Rebuild rebuild = memtable.rebuild(keep);
        kept.addTo(rebuild);
        return rebuild;
    }

    /**
     * Law 7 among several writers. If the snapshot is replaced behind this look, the replacement under its version fails.
     */
    private void refuseToGoBack(SegmentHeader header, Optional<FileInfo> there) throws IOException {
        if (there.isEmpty() || !session.backend().shared()) {
            return;
        }
        SegmentHeader newest = session.backend().headerOf(layout.snapshot());
        if (newest.segment() > header.segment() || newest.epoch() > header.epoch()) {
            throw new LogFencedException("another writer has taken a newer snapshot, segment=" + newest.segment()
                    + ", epoch=" + newest.epoch() + ", own segment=" + header.segment() + ", own epoch="
                    + header.epoch() + ", file=" + layout.snapshot());
        }
    }

    /**
     * Archives what a durable snapshot covers, but for the fences. On a storage that several may write to each file is several
     * requests; there it stops when somebody waits for the session to end.
     *
     * @return whether nothing is left to be archived
     */
    boolean archiveCovered(long covered, Fences fences, Location generation) throws IOException {
        boolean shared = session.backend().shared();
        if (shared && layout.writers() == LogLayout.Writers.MANY) {
            return true;
        }
        List<Numbered> files = session
                .backend()
                .fileSystem()
                .list(layout.segments().segments())
                .stream()
                .flatMap(info -> Numbered.of(layout, info).stream())
                .filter(file -> file.last() <= covered)
                .toList();
        if (!shared) {
            retire(files, generation);
            return true;
        }
        for (int i = 0; i < files.size(); i += FILES_AT_ONCE) {
            if (session.ending().getAsBoolean()) {
                return false;
            }
            retire(fences.without(files.subList(i, Math.min(files.size(), i + FILES_AT_ONCE))), generation);
        }
        return true;
    }

    private void retire(List<Numbered> files, Location generation) throws IOException {
        archive.retire(files.stream().map(Numbered::file).toList(), generation);
    }
}
