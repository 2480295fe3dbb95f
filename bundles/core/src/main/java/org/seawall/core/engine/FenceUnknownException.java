package org.seawall.core.engine;

import org.seawall.OutcomeUnknownException;

/** Whether a fence was put there is not known. Whoever reads the log again can tell by its end. */
final class FenceUnknownException extends OutcomeUnknownException {
    private static final long serialVersionUID = 1L;

    private final transient Head fence;

    FenceUnknownException(Head fence, String message, OutcomeUnknownException cause) {
        super(message, cause);
        this.fence = fence;
    }

    /** Where the log ends if it is there. */
    Head fence() {
        return fence;
    }
}
