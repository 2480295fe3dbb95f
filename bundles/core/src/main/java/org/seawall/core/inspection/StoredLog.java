package org.seawall.core.inspection;

import java.time.Clock;
import java.util.List;
import org.seawall.core.engine.Inspection;
import org.seawall.core.engine.LogFiles;
import org.seawall.core.engine.LogLayout;
import org.seawall.inspection.InspectionProgress;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;

/**
 * The files of a log, and the services that reach them.
 *
 * @param roots the directories of its collections
 * @param catalog the directory of its catalog
 * @param perCommit whether a collection has one segment per commit, and no active one
 * @param readers all formats that can be read
 * @param clock the time
 */
public record StoredLog(
        List<Directory> roots, Directory catalog, boolean perCommit, List<BatchSerializer> readers, Clock clock) {
    /**
     * A directory on a file system.
     *
     * @param files the file system
     * @param location the directory
     */
    public record Directory(FileSystem files, Location location) {}

    /** Copies the lists. */
    public StoredLog {
        roots = List.copyOf(roots);
        readers = List.copyOf(readers);
    }

    LogFiles catalogFiles() {
        return new LogFiles(catalog.files(), readers, LogLayout.catalog(catalog.location()));
    }

    LogFiles collectionFiles(StoredCollection collection) {
        LogLayout layout =
                LogLayout.collection(collection.id(), collection.root().location(), collection.created());
        return new LogFiles(collection.root().files(), readers, layout);
    }

    Inspection ofCatalog(InspectionProgress progress) {
        return Inspection.of(true, progress);
    }

    Inspection of(StoredCollection collection, InspectionProgress progress) {
        Inspection inspection = Inspection.of(perCommit, progress);
        return collection.known() ? inspection : inspection.unfounded();
    }
}
