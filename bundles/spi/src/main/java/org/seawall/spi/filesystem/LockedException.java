package org.seawall.spi.filesystem;

import java.io.IOException;

/** A lock is held by somebody else. */
public class LockedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A lock that is taken.
     *
     * @param holder what the holder wrote about itself
     * @param location the lock
     */
    public LockedException(String holder, Location location) {
        super("locked by another process, holder=" + holder + ", lock=" + location);
    }
}
