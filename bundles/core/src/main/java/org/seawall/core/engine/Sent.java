package org.seawall.core.engine;

import java.util.concurrent.CompletableFuture;

/**
 * A group that was handed to the storage.
 *
 * @param group the batches
 * @param segment file name of the segment that they are in
 * @param written what becomes of it
 */
record Sent(Group group, String segment, CompletableFuture<Void> written) {}
