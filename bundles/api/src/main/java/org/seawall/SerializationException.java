package org.seawall;

/**
 * A value does not fit: an empty batch, a wrong dimension, a limit that is exceeded. Nothing was written. Fix the value.
 */
public class SerializationException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public SerializationException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public SerializationException(String message, Throwable cause) {
        super(message, cause);
    }
}
