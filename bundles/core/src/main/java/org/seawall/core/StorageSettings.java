package org.seawall.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seawall.spi.filesystem.Location;

/**
 * Where a log is.
 *
 * @param urls the directories of the collections, as they are configured; at least one
 * @param catalog where the catalog is
 * @param strategy name of the strategy, or {@code auto}
 * @param commitThreads threads that commit, for each directory
 * @param catalogSnapshotChanges changes per snapshot of the catalog
 */
record StorageSettings(
        List<String> urls, Location catalog, String strategy, int commitThreads, int catalogSnapshotChanges) {

    static final String AUTO = "auto";

    StorageSettings {
        urls = List.copyOf(urls);
    }

    /**
     * Checks what is configured.
     *
     * @throws IllegalArgumentException naming the attribute and its value
     */
    static StorageSettings of(String log, LogConfiguration configuration) {
        List<String> urls = urls(log, configuration);
        String catalog = configuration.catalog_url();
        return new StorageSettings(
                urls,
                catalog == null || catalog.isBlank()
                        ? Location.parse(urls.get(0)).child("catalog")
                        : Location.parse(catalog),
                configuration.strategy(),
                (int) Range.within("commitThreads", configuration.commitThreads(), 1, 256),
                (int) Range.within(
                        "catalogSnapshotChanges", configuration.catalogSnapshotChanges(), 1, Integer.MAX_VALUE));
    }

    /** The one of wal.url first, then those of wal.urls, each once. */
    private static List<String> urls(String log, LogConfiguration configuration) {
        List<String> named = new ArrayList<>();
        named.add(configuration.wal_url());
        if (configuration.wal_urls() != null) {
            named.addAll(List.of(configuration.wal_urls()));
        }
        List<String> urls = new ArrayList<>();
        Set<Location> roots = new LinkedHashSet<>();
        for (String url : named) {
            if (url != null && !url.isBlank() && roots.add(Location.parse(url))) {
                urls.add(url);
            }
        }
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("wal.url is not set, expected a directory or a URL, log=" + log);
        }
        return urls;
    }

    StorageSettings catalogAt(Location root) {
        return new StorageSettings(urls, root, strategy, commitThreads, catalogSnapshotChanges);
    }

    /**
     * The same directories in an order in which each that was there before has the place that it had, so that the others are
     * where those were that are not there any more.
     *
     * @param before as many
     */
    StorageSettings inOrderOf(List<String> before) {
        List<Location> stay = before.stream().map(Location::parse).toList();
        List<String> coming = new ArrayList<>(urls);
        coming.removeIf(url -> stay.contains(Location.parse(url)));
        List<String> ordered = new ArrayList<>();
        for (Location old : stay) {
            Optional<String> same =
                    urls.stream().filter(url -> Location.parse(url).equals(old)).findFirst();
            ordered.add(same.orElseGet(() -> coming.remove(0)));
        }
        return new StorageSettings(ordered, catalog, strategy, commitThreads, catalogSnapshotChanges);
    }

    List<Location> roots() {
        return urls.stream().map(Location::parse).toList();
    }
}
