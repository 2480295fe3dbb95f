package org.seawall.inspection;

import java.util.List;
import java.util.Objects;

/**
 * Where the files of a log are.
 *
 * @param urls the directories of its collections, at least one: {@code wal.url} of its configuration
 * @param catalogUrl the directory of its catalog: {@code catalog.url}
 * @param objects whether a collection has one sealed segment per commit and no active one, as with the strategy
 *     {@code object}. For any other, a missing active segment is a gap
 */
public record LogPlace(List<String> urls, String catalogUrl, boolean objects) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no directory
     */
    public LogPlace {
        urls = List.copyOf(urls);
        Objects.requireNonNull(catalogUrl, "catalogUrl");
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no directory of collections, catalog=" + catalogUrl);
        }
    }

    /**
     * A log in one directory, its catalog in {@code catalog} below it, as it is when only {@code wal.url} is configured.
     *
     * @param url the directory, such as {@code data/wal} or {@code s3://bucket/wal}
     * @return the place of a log that has active segments
     */
    public static LogPlace of(String url) {
        String directory = url.endsWith("/") && url.length() > 1 ? url.substring(0, url.length() - 1) : url;
        return new LogPlace(List.of(directory), directory + "/catalog", false);
    }

    /**
     * The same place of a log whose collections have one segment per commit.
     *
     * @param perCommit see {@link #objects()}
     * @return a copy
     */
    public LogPlace withObjects(boolean perCommit) {
        return new LogPlace(urls, catalogUrl, perCommit);
    }
}
