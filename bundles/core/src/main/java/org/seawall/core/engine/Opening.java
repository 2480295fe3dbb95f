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
     * The log is not open yet.
     *
     * @param progress how far it is
     */
    record Recovering(Progress progress) implements Opening {}

    /** Another process has created the log, and it is opened here when it is first used here. */
    record Elsewhere() implements Opening {}

    /**
     * The log's files were left as they are.
     *
     * @param report what recovery found
     * @param cause the error behind it
     */
    record Refused(Recovery report, Exception cause) implements Opening {
        /**
         * A storage that could not be read.
         *
         * @param cause what was wrong with it
         * @return to be tried again
         */
        public static Refused unavailable(Exception cause) {
            Recovery report = new Recovery(Recovery.Verdict.UNAVAILABLE, Causes.line(cause), 0, 0, 0, 0, 0);
            return new Refused(report, cause);
        }
    }
}
