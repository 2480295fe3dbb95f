package org.seawall.itests.conformance;

/** A bundle that cannot be tried, in one line. It has no stack trace, since nothing is wrong with this program. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message, null, false, false);
    }

    Refusal(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
