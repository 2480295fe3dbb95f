package org.seawall;

/**
 * A limit on bytes in flight or in memory is reached, or the caller was interrupted while it was held back before one.
 * Nothing was written. Slow down and retry; the message says what helps.
 */
public class LogFullException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public LogFullException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public LogFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
