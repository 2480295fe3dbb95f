package org.seawall.filesystem.local;

import java.nio.file.FileSystemException;
import java.util.Set;

/**
 * What a failed hard link says of its disk. Java keeps of the system's error only its text, in the language of the process:
 * in another one than English a disk without hard links is taken for one that failed, which is the safe side.
 */
final class HardLinks {

    /** The texts of EPERM, ENOTSUP or EOPNOTSUPP, and ENOSYS of a user-space file system, in glibc, musl and macOS. */
    private static final Set<String> NO_LINKS = Set.of(
            "Operation not permitted",
            "Operation not supported",
            "Operation not supported on socket",
            "Not supported",
            "Function not implemented");

    private HardLinks() {}

    /** Whether a link failed since the disk has none. A disk that fails, is full or denies says something else. */
    static boolean missing(Exception link) {
        return link instanceof UnsupportedOperationException
                || link instanceof FileSystemException failed
                        && failed.getReason() != null
                        && NO_LINKS.contains(failed.getReason());
    }
}
