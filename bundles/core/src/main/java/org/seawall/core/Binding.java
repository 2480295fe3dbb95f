package org.seawall.core;

import java.util.List;
import java.util.Optional;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * The services that a log works with. Two bindings are equal if they are made of the same services.
 *
 * @param directories the services of each directory of collections, in the order of the configuration
 * @param catalogFiles file system of the catalog
 * @param catalogStrategy writes the catalog
 * @param serializer format of new segments
 * @param readers all formats that can be read
 */
record Binding(
        List<Directory> directories,
        FileSystem catalogFiles,
        WriteStrategy catalogStrategy,
        BatchSerializer serializer,
        List<BatchSerializer> readers) {

    /**
     * The services of a directory.
     *
     * @param files its file system
     * @param strategy writes its collections
     */
    record Services(FileSystem files, WriteStrategy strategy) {}

    /**
     * A directory with its services, or with words for what it waits for.
     *
     * @param services the services, if they are there
     * @param missing what is not there, or empty
     */
    record Directory(Optional<Services> services, String missing) {
        static Directory with(FileSystem files, WriteStrategy strategy) {
            return new Directory(Optional.of(new Services(files, strategy)), "");
        }

        static Directory without(String missing) {
            return new Directory(Optional.empty(), missing);
        }
    }

    /** Whether the two differ in the services of directories at most, which a log takes up while it is open. */
    boolean equalsButDirectories(Binding other) {
        return equals(
                new Binding(directories, other.catalogFiles, other.catalogStrategy, other.serializer, other.readers));
    }
}
