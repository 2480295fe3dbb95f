package org.seawall.filesystem.common;

import java.io.IOException;

/** A request had no effect, and may be sent again. */
public sealed class NotDoneException extends IOException permits UnreachableException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of one request.
     *
     * @param message one line: a fact, then key=value, the object last
     * @param cause what the SDK said
     */
    public NotDoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
