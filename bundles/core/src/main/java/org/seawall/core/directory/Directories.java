package org.seawall.core.directory;

import java.util.List;
import java.util.Optional;
import org.seawall.spi.filesystem.Location;

/**
 * The directories of a log, in the order of the configuration.
 *
 * @param all at least one
 */
public record Directories(List<StorageDirectory> all) {
    /** Copies the list. */
    public Directories {
        all = List.copyOf(all);
    }

    /**
     * The directory of a collection: the one that carries its storage, under whatever URL; or the one that is configured
     * with its URL and down, so that nobody knows what is in it.
     *
     * @param place what the catalog says
     * @return the directory, or empty if none of the configured ones can be it
     */
    public Optional<StorageDirectory> of(Place place) {
        if (place.first()) {
            return Optional.of(all.get(0));
        }
        return all.stream()
                .filter(directory -> directory.storage().equals(Optional.of(place.storage())))
                .findFirst()
                .or(() -> all.stream()
                        .filter(directory -> !directory.up() && directory.url().equals(place.url()))
                        .findFirst());
    }

    /**
     * The place of a directory in the configuration.
     *
     * @param directory one of them
     * @return from 0
     */
    public int indexOf(StorageDirectory directory) {
        return all.indexOf(directory);
    }

    /**
     * The directory that is configured with a URL.
     *
     * @param url as it is configured, or another way to write it
     * @return the directory
     * @throws IllegalArgumentException if there is none
     */
    public StorageDirectory named(String url) {
        Location root = Location.parse(url);
        return all.stream()
                .filter(directory -> directory.root().equals(root))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a directory of the log, expected one of "
                        + all.stream().map(StorageDirectory::url).toList() + ", url=" + url));
    }
}
