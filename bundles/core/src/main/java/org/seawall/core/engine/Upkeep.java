package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.LogClosedException;
import org.seawall.LogUnavailableException;
import org.seawall.core.memtable.Keep;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.Rebuild;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.SegmentHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots and compactions of one log, each in three steps: what replaces is made durable, the memtable takes what was kept
 * instead of what it had, what was replaced is archived. After a step that failed the log is as before it, and the next
 * attempt or the next start does the rest. For one thread at a time.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Session session;
    private final LogLayout layout;
    private final Memtable memtable;
    private final Committer committer;
    private final Archive archive;
    private final Fences fences;
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicLong compactions = new AtomicLong();
    private volatile long examined;

    Upkeep(Session session, LogLayout layout, Memtable memtable, Committer committer) {
        this.session = session;
        this.layout = layout;
        this.memtable = memtable;
        this.committer = committer;
        this.archive = new Archive(session.backend().fileSystem(), layout);
        this.fences = new Fences(session.backend());
    }

    /** Takes a snapshot of everything before a place. */
    void snapshot(SegmentHeader tail) {
        Location generation;
        Snapshot snapshot = new Snapshot(session, layout);
        try {
            generation = archive.generation(session.backend().clock().instant());
            exchange(snapshot.take(tail, memtable, generation));
            snapshots.incrementAndGet();
        } catch (IOException e) {
            throw new LogUnavailableException("snapshot not taken, the log goes on, log=" + layout.directory(), e);
        }
        examined = tail.segment();
        try {
            if (snapshot.archiveCovered(tail.segment(), fences, generation)) {
                prune();
            } else {
                LOG.debug("the rest that a snapshot covers is archived with the next one, log={}", layout.directory());
            }
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "snapshot taken, but not all that it covers was archived, log=" + layout.directory(), e);
        }
    }

    /** How many snapshots there were. */
    long snapshots() {
        return snapshots.get();
    }

    /** How many merges of segments there were. */
    long compactions() {
        return compactions.get();
    }

    /** Merges all sealed segments before a place into one. */
    void compact(SegmentHeader tail) {
        merge(
                tail,
                (compaction, files) ->
                        files.size() > 1 || files.stream().anyMatch(file -> !file.run()) ? files : List.of());
    }

    /** Merges small segments, if there may be enough of them, and returns whether it did. */
    boolean compactSmall(SegmentHeader tail) {
        boolean merged = merge(tail, Compaction::small);
        examined = merged ? 0 : tail.segment();
        return merged;
    }

    /** Whether there may be enough small segments before the active one, as far as one can tell without looking. */
    boolean mayHaveSmall(long activeSegment) {
        int enough = session.settings().retention().compactSegments();
        return enough > 0 && activeSegment - examined > enough;
    }

    /** Whether so much of what is in memory is dead that a snapshot is worth it. */
    boolean needsCleaning() {
        Retention retention = session.settings().retention();
        long share = memtable.batchBytes() / 100 * retention.cleanPercent();
        if (retention.cleanPercent() == 0 || memtable.lastSequence() == 0) {
            return false;
        }
        long enough = Math.max(share, retention.cleanBytes());
        Keep keep = new Keep(
                1,
                memtable.lastSequence(),
                retention.versions(),
                session.backend().clock().millis(),
                memtable.sink().upTo(memtable.lastSequence() - 1));
        return memtable.deadBytes(keep, enough) >= enough;
    }

    /** Deletes what the archive keeps no longer. */
    void prune() throws IOException {
        archive.prune(
                session.settings().archives(),
                session.settings().retention().archiveMillis(),
                session.backend().clock().instant());
    }

    /** The same, without a look at the storage where nothing can have become too much or too old. */
    void pruneIfDue() throws IOException {
        EngineSettings settings = session.settings();
        Instant now = session.backend().clock().instant();
        if (archive.mayPrune(settings.archives(), settings.retention().archiveMillis(), now)) {
            prune();
        }
    }

    private interface Choice {
        List<Numbered> of(Compaction compaction, List<Numbered> files);
    }

    private boolean merge(SegmentHeader tail, Choice choice) {
        Compaction compaction = new Compaction(session, layout, tail);
        try {
            List<Numbered> files = compaction.files();
            List<Numbered> run = choice.of(compaction, files);
            if (run.isEmpty()) {
                return false;
            }
            exchange(compaction.merge(files, run, memtable));
            compactions.incrementAndGet();
        } catch (IOException e) {
            throw new LogUnavailableException("segments not compacted, the log goes on, log=" + layout.directory(), e);
        }
        try {
            compaction.archiveMerged(
                    archive, archive.generation(session.backend().clock().instant()));
            prune();
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "segments compacted, but not all of them were archived, log=" + layout.directory(), e);
        }
        return true;
    }

    private void exchange(Rebuild rebuild) {
        try {
            committer
                    .run(writer -> {
                        memtable.swap(rebuild);
                        session.room().raise();
                        return rebuild;
                    })
                    .join();
        } catch (LogClosedException | CompletionException e) {
            LOG.debug("log takes no more work, its memory stays as it is, log={}", layout.directory(), e);
        }
    }
}
