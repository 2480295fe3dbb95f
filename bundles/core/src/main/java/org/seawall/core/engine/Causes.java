package org.seawall.core.engine;

/** What an operator is told of a failure. */
public final class Causes {
    private Causes() {}

    /**
     * A failure in one line, with what is at its bottom: whoever reads that a file could not be opened wants to know that
     * the disk is full.
     *
     * @param failure what happened
     * @return its message, and its root cause's where that says more
     */
    public static String line(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String line = words(failure);
        return line.contains(words(root)) ? line : line + ": " + words(root);
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
