package org.seawall.filesystem.common;

import java.io.IOException;

/** An object takes no append any more, or never took one; nothing was done by that request. */
public final class SealedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An error of one request.
     *
     * @param message one line: a fact, then key=value, the object last
     * @param cause what the SDK said
     */
    public SealedException(String message, Throwable cause) {
        super(message, cause);
    }
}
