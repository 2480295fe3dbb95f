package org.seawall.core.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.seawall.LogUnavailableException;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.StorageDirectory;

/**
 * Where new collections go: to the directory with the least bytes of logs, then with the fewest collections, then the first
 * as configured. One that is down is passed over. One that a collection cannot be written on, or that another creation is
 * still waiting for, comes behind those that are well.
 */
record Placement(String log, Directories directories, Collection<OpenCollection> collections) {

    /** A directory with what counts. */
    private record Load(StorageDirectory directory, int ailing, long bytes, long collections) {}

    /**
     * The directories for a new collection, the best first.
     *
     * @throws LogUnavailableException if all are down
     */
    List<StorageDirectory> candidates() {
        List<StorageDirectory> candidates = directories.all().stream()
                .filter(StorageDirectory::up)
                .map(this::load)
                .sorted(Comparator.comparingInt(Load::ailing)
                        .thenComparingLong(Load::bytes)
                        .thenComparingLong(Load::collections))
                .map(Load::directory)
                .toList();
        if (candidates.isEmpty()) {
            throw new LogUnavailableException("no directory is available for a new collection, log=" + log);
        }
        return candidates;
    }

    private Load load(StorageDirectory directory) {
        List<OpenCollection> here = collections.stream()
                .filter(collection ->
                        collection.directory().filter(directory::equals).isPresent())
                .toList();
        boolean ailing = directory.creations().get() > 0 || here.stream().anyMatch(OpenCollection::failed);
        return new Load(
                directory,
                ailing ? 1 : 0,
                here.stream().mapToLong(OpenCollection::logBytes).sum(),
                here.size());
    }
}
