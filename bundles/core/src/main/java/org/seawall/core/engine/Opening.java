package org.seawall.core.engine;

import org.seawall.Recovery;

/** What came of opening a log. */
public sealed interface Opening {
    /**
     * The log is open.
     *
     * @param log the log
     */
    record Opened(BatchLog log) implements Opening {}

    /**
     * The log's files were left as they are.
     *
     * @param report what recovery found
     * @param cause the error behind it
     */
    record Refused(Recovery report, Exception cause) implements Opening {}
}
