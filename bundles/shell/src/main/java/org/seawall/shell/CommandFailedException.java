package org.seawall.shell;

/** A command that failed. Its message is the one line that the operator reads; it has no stack of its own. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure that is told in a line.
     *
     * @param message the line
     */
    public CommandFailedException(String message) {
        this(message, null);
    }

    /**
     * A failure with what is behind it.
     *
     * @param message the line
     * @param cause what happened below, or null
     */
    public CommandFailedException(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
