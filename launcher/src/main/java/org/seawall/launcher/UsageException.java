package org.seawall.launcher;

/** The command line is wrong. Read {@code --help}. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
