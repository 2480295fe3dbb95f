package org.seawall.core.engine;

import java.util.concurrent.Executor;

/**
 * What all logs of one opening have in common. Immutable: another backend is another session.
 *
 * @param backend file system, strategy and serializers
 * @param settings how to write
 * @param commits runs the commits; never more than one of a log at a time
 * @param writer words in every batch that tell this session from any other
 */
public record Session(Backend backend, EngineSettings settings, Executor commits, String writer) {}
