package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentLayout;

/**
 * The names of a log's files. Collections and the catalog differ in them and in nothing else.
 *
 * @param id what the segments' headers say they belong to
 * @param directory the log's directory
 * @param segmentDirectory name of the directory of sealed segments
 * @param prefix begin of a segment's name
 * @param snapshotName name of the snapshot
 * @param founded when the log was created, which fixes the name of its first segment
 * @param writers how many may write to it
 */
public record LogLayout(
        String id,
        Location directory,
        String segmentDirectory,
        String prefix,
        String snapshotName,
        Instant founded,
        Writers writers) {

    /** How many may write to a log on a storage without locks. */
    enum Writers {
        /** Who opens it takes it over with a fence. */
        ONE,
        /** Each goes on behind the others; so that no name ever becomes free, no segment is archived. */
        MANY
    }

    /**
     * The files of a collection.
     *
     * @param id the collection's id
     * @param root where the log's collections are
     * @param created when the collection was created
     * @return the layout
     */
    public static LogLayout collection(String id, Location root, Instant created) {
        return new LogLayout(id, root.child(id), "segments", "wal_", "vectors_snapshot.avro", created, Writers.ONE);
    }

    /**
     * The files of a catalog. Nobody knows when it was created before it has been read, so all agree on one moment.
     *
     * @param directory the catalog's directory
     * @return the layout
     */
    public static LogLayout catalog(Location directory) {
        return new LogLayout(
                "catalog", directory, "incremental", "op_", "current_collections.avro", Instant.EPOCH, Writers.MANY);
    }

    String firstName() {
        return SegmentName.of(prefix, 1, founded);
    }

    Location snapshot() {
        return directory.child("snapshots").child(snapshotName);
    }

    /** Where one asks for the log who cannot put his fence behind its writer. */
    Location takeover() {
        return directory.child("wal.takeover");
    }

    Location archive() {
        return directory.child("archive");
    }

    /**
     * Whether there is a snapshot or a segment. What it is, and whether it is in order, is not looked at.
     *
     * @param files where the log is
     * @return false if the log takes nothing from this place
     * @throws IOException if the storage fails
     */
    public boolean isIn(FileSystem files) throws IOException {
        return files.find(snapshot()).isPresent()
                || files.list(segments().segments()).stream()
                        .anyMatch(info -> Numbered.of(this, info).isPresent());
    }

    /**
     * Deletes the log: its snapshot, its segments, its archive. May be repeated after a failure.
     *
     * @param files where the log is
     * @throws IOException if the storage fails; a part may be gone then
     */
    public void deleteFrom(FileSystem files) throws IOException {
        files.deleteTree(snapshot().parent());
        files.deleteTree(segments().segments());
        files.deleteTree(archive());
    }

    SegmentLayout segments() {
        return new SegmentLayout(
                directory,
                directory.child("wal_current.avro"),
                directory.child("wal_next.avro"),
                directory.child(segmentDirectory));
    }
}
