package org.seawall;

/**
 * A point in time cannot be had any more: what is needed for it was compacted, and is not in the archive. Ask for a later
 * point, {@link #oldestSequence()} or behind it; for the future, keep more archives.
 */
public class PastUnavailableException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /** The oldest point that can be had. */
    private final long oldestSequence;

    /**
     * An error with the oldest point that can be had.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param oldestSequence sequence of the oldest point that can be had
     */
    public PastUnavailableException(String message, long oldestSequence) {
        super(message);
        this.oldestSequence = oldestSequence;
    }

    /**
     * The oldest point that can be had.
     *
     * @return its sequence
     */
    public long oldestSequence() {
        return oldestSequence;
    }
}
