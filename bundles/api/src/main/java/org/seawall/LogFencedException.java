package org.seawall;

/**
 * Another writer has taken the log over. Nothing was written. Stop writing.
 */
public class LogFencedException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public LogFencedException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public LogFencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
