package org.seawall;

/**
 * The log, the collection or the reader is closed. Nothing was written.
 */
public class LogClosedException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public LogClosedException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public LogClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
