package org.seawall.core.engine;

import java.util.Optional;
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

    /**
     * The log is closed and goes on when its services are there again. Its memory is read meanwhile.
     *
     * @param before the log as it was left
     * @param end from where it goes on, or empty if it has to be recovered since its storage failed
     * @param why in words
     */
    record Held(BatchLog before, Optional<Continuation> end, String why) implements Opening {}

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
