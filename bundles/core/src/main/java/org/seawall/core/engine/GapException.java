package org.seawall.core.engine;

import org.seawall.LogCorruptException;

/** A segment is missing before the one that the message names. */
final class GapException extends LogCorruptException {
    private static final long serialVersionUID = 1L;

    GapException(String expected, String actual, String file) {
        super("segment missing", expected, actual, 0, file);
    }
}
