package org.seawall.serializer.avro;

/** Bytes are not what the format says. Never leaves the bundle: a reader turns it into damage at a place. */
final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String actual;

    MalformedException(String fact, String expected, String actual) {
        // no stack trace: a search for batches behind damage meets very many of these
        super(fact, null, false, false);
        this.expected = expected;
        this.actual = actual;
    }

    String fact() {
        return getMessage();
    }

    String expected() {
        return expected;
    }

    String actual() {
        return actual;
    }
}
