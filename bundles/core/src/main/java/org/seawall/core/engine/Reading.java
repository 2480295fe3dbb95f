package org.seawall.core.engine;

import java.util.concurrent.Executor;

/**
 * How the logs of one storage are read back.
 *
 * @param readers reads and verifies segments ahead; may refuse nothing
 * @param segments how many segments of a log are read ahead at most; 0 to read one after the other
 * @param budget how many bytes of segments are read ahead at most, over all logs
 * @param retries what is done about a read that fails
 */
public record Reading(Executor readers, int segments, ReadBudget budget, Retries retries) {
    /** One segment after the other, in the thread that recovers. */
    public static final Reading IN_TURN = new Reading(Runnable::run, 0, new ReadBudget(0), Retries.NONE);
}
