package org.seawall.core.engine;

import java.util.concurrent.CompletableFuture;
import org.seawall.SequenceRange;

/**
 * What becomes of a batch.
 *
 * @param acknowledged completes when the batch survives what its level says
 * @param durable completes when it is forced; the same future at the level that waits for that
 */
public record Appended(CompletableFuture<SequenceRange> acknowledged, CompletableFuture<SequenceRange> durable) {}
