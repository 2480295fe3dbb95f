package org.seawall.launcher.demo;

/** Something did not hold that the demo shows. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
