package org.seawall.spi.filesystem;

import java.nio.file.FileSystemException;

/** Somebody else has appended to a file, or has sealed it. Nothing was appended, and never will be by that call. */
public final class AppendRefusedException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param file the file
     * @param fact what is not as the caller thought, such as {@code is sealed, size=4096}
     */
    public AppendRefusedException(Location file, String fact) {
        super(file.toString(), null, fact);
    }
}
