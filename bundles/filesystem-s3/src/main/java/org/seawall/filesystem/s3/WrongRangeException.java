package org.seawall.filesystem.s3;

/** A store does not keep to ranges, which no retry mends. */
final class WrongRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongRangeException(String message) {
        super(message);
    }
}
