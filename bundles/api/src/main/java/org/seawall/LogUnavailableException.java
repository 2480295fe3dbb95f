package org.seawall;

/**
 * The storage or a service that the log needs is not available. Nothing was written. Retry; the log's status says why.
 */
public class LogUnavailableException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public LogUnavailableException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
