package org.seawall;

/**
 * The storage failed in the middle: the batch may or may not be durable. Do not retry. The log settles it at its next
 * recovery; read from the last known sequence then.
 */
public class OutcomeUnknownException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public OutcomeUnknownException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
