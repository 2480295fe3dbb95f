package org.seawall;

import java.util.List;

/**
 * The state of a log at a moment.
 *
 * @param name the log's name
 * @param state its state
 * @param detail why it is in that state, one line, or empty
 * @param url where its collections are
 * @param serializer name of the serializer in use, or of the one it waits for
 * @param strategy name of the write strategy in use, or of the one it waits for
 * @param usage what appends take, and the limits
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
        List<CollectionStatus> collections) {
    /** Copies the list. */
    public LogStatus {
        collections = List.copyOf(collections);
    }
}
