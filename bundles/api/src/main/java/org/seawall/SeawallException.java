package org.seawall;

/** Root of the errors of a log. Each subclass is named by what the caller does about it. */
public class SeawallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    protected SeawallException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    protected SeawallException(String message, Throwable cause) {
        super(message, cause);
    }
}
