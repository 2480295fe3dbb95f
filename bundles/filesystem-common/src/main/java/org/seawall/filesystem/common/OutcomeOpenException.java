package org.seawall.filesystem.common;

import java.io.IOException;

/** A request was sent, and nobody knows whether it had its effect. */
public final class OutcomeOpenException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of one request.
     *
     * @param message one line: a fact, then key=value, the object last
     * @param cause what the SDK said
     */
    public OutcomeOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
