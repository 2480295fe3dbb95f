package org.seawall.search;

import org.seawall.SeawallException;

/** A search took longer than its request allows. Nothing was found: allow more time, or search with less effort. */
public class SearchTimeoutException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error.
     *
     * @param message one line: a fact, then key=value, the resource last
     */
    public SearchTimeoutException(String message) {
        super(message);
    }
}
