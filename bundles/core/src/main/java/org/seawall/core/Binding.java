package org.seawall.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * The services that a log works with: one set for each directory of collections and one for the catalog, each a session of
 * its own. Two bindings are equal if they are made of the same services.
 *
 * @param directories of each directory of collections, in the order of the configuration
 * @param catalog of the catalog
 */
record Binding(List<Directory> directories, Directory catalog) {

    /**
     * What new segments are written with and old ones are read with.
     *
     * @param serializer format of new segments
     * @param readers all formats that can be read
     */
    record Formats(BatchSerializer serializer, List<BatchSerializer> readers) {
        Formats {
            readers = List.copyOf(readers);
        }
    }

    /**
     * The services of a session.
     *
     * @param files file system
     * @param strategy writes segments
     * @param formats of the segments
     */
    record Services(FileSystem files, WriteStrategy strategy, Formats formats) {}

    /**
     * A directory with its services, or with words for what it waits for.
     *
     * @param services the services, if they are there
     * @param missing what is not there, or empty
     * @param url the place that the services are for, as it is configured; empty for the one where the directory is
     * @param olds the services, as far as they are there, of places that collections are moved from, by URL
     */
    record Directory(Optional<Services> services, String missing, String url, Map<String, Services> olds) {
        Directory {
            olds = Map.copyOf(olds);
        }

        static Directory with(Services services) {
            return new Directory(Optional.of(services), "", "", Map.of());
        }

        static Directory without(String missing) {
            return new Directory(Optional.empty(), missing, "", Map.of());
        }

        /** The same for a place. */
        Directory at(String place) {
            return new Directory(services, missing, place, olds);
        }

        /** The same with the services of places that collections are moved from. */
        Directory from(Map<String, Services> others) {
            return new Directory(services, missing, url, others);
        }
    }

    Binding {
        directories = List.copyOf(directories);
    }

    /** The same with another directory. */
    Binding with(int index, Directory directory) {
        List<Directory> all = new ArrayList<>(directories);
        all.set(index, directory);
        return new Binding(all, catalog);
    }

    /** A catalog and one directory on one file system, with one format. */
    static Binding ofOne(
            FileSystem files, WriteStrategy strategy, WriteStrategy ofCatalog, BatchSerializer serializer) {
        Formats formats = new Formats(serializer, List.of(serializer));
        return new Binding(
                List.of(Directory.with(new Services(files, strategy, formats))),
                Directory.with(new Services(files, ofCatalog, formats)));
    }

    /** What a log waits for before it can be opened: the services of its catalog, and of one directory at least. */
    Optional<String> missing() {
        if (catalog.services().isEmpty()) {
            return Optional.of(catalog.missing());
        }
        boolean none = directories.stream().allMatch(one -> one.services().isEmpty());
        return none ? Optional.of(directories.get(0).missing()) : Optional.empty();
    }
}
