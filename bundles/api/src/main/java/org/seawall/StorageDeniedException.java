package org.seawall;

/**
 * The storage refuses the credentials or the operation. Nothing was written. Mend credentials or permissions.
 */
public class StorageDeniedException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message for an operator.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public StorageDeniedException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: a fact, then key=value, the resource last
     * @param cause what happened below
     */
    public StorageDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
