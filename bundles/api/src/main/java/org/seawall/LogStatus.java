package org.seawall;

import java.util.List;

/**
 * The state of a log at a moment.
 *
 * @param name the log's name
 * @param state its state
 * @param detail why it is in that state, one line, or empty
 * @param url where its collections are; the first directory if there are several
 * @param serializer name of the serializer in use, or of the one it waits for
 * @param strategy name of the write strategy in use, or of the one it waits for; several, with commas, if directories differ
 * @param usage what appends take, and the limits
 * @param directories the state of each directory of collections, in the order of the configuration; none while the log is
 *     not open
 * @param collections the state of each collection, by name
 */
public record LogStatus(
        String name,
        LogState state,
        String detail,
        String url,
        String serializer,
        String strategy,
        LogUsage usage,
        List<DirectoryStatus> directories,
        List<CollectionStatus> collections) {
    /** Copies the lists. */
    public LogStatus {
        directories = List.copyOf(directories);
        collections = List.copyOf(collections);
    }
}
