package org.seawall.core.engine;

/**
 * How groups of batches follow one another to a storage on which each is an object of its own. A batch that finds nothing in
 * flight never waits.
 *
 * @param groups how many are in flight at most, 1 to {@link #MOST_GROUPS}; only one where no writer leaves a fence
 * @param millis how long batches wait for others while something is in flight, in milliseconds; 0 for not at all
 */
public record CommitWindow(int groups, long millis) {
    /** Far fewer than the 60 fences after which a name could come again, see {@link SegmentName#moment}. */
    public static final int MOST_GROUPS = 16;

    /** Four groups, and no waiting. */
    public static final CommitWindow DEFAULT = new CommitWindow(4, 0);

    /** Checks the number: the proof of the names rests on it. */
    public CommitWindow {
        if (groups < 1 || groups > MOST_GROUPS) {
            throw new IllegalArgumentException(
                    "groups in flight out of range, expected 1 to " + MOST_GROUPS + ", groups=" + groups);
        }
    }
}
