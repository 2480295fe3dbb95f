package org.seawall.filesystem.common;

import java.io.IOException;

/** The store says that the condition of a request does not hold; nothing was done by that request. */
public final class ConditionFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of one request.
     *
     * @param message one line: a fact, then key=value, the object last
     * @param cause what the SDK said
     */
    public ConditionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
