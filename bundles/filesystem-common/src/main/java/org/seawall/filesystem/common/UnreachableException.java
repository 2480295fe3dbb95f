package org.seawall.filesystem.common;

/**
 * The store was not reached: no host, no connection. A store that was reached before is down; one that never was may be
 * configured wrong, which waiting does not mend.
 */
public final class UnreachableException extends NotDoneException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of one request.
     *
     * @param message one line: a fact, then key=value, the object last
     * @param cause what the SDK said
     */
    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
